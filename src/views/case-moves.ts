// What the team can do with a case as it stands, as buttons.
import type { FollowUp } from '../domain/follow-up/follow-up.ts';
import { buttons } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block, Button } from './view.ts';

export function moves(t: Translate, { id, state }: Pick<FollowUp, 'id' | 'state'>): readonly Block[] {
  const move = (
    kind: 'claim' | 'close' | 'take_over' | 'release' | 'reopen',
    label: string,
    style: Button['style'] = 'plain',
  ): Button => ({ label, action: { kind, followUpId: id }, style });
  switch (state.status) {
    case 'open':
      return [buttons(move('claim', t('alert.claim'), 'primary'), move('close', t('alert.close')))];
    case 'claimed':
      return [
        buttons(
          move('close', t('alert.close'), 'primary'),
          move('take_over', t('alert.takeOver')),
          move('release', t('alert.release')),
        ),
      ];
    case 'closed':
      return [buttons(move('reopen', t('alert.reopen')))];
  }
}
