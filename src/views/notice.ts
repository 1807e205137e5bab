// What somebody has to see to, in one message: what is wrong, and what to do about it.
import { assertNever } from '../domain/basics.ts';
import { heading, oneLine, rich, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Inline, RichText, View } from './view.ts';

export interface TroubleFacts {
  readonly kind: 'not_in_channel' | 'channel_gone' | 'missing_permission' | 'token_void';
  readonly subject: string;
}

export function noticeView(t: Translate, trouble: TroubleFacts): View {
  const title = t('notice.heading');
  const words = troubleText(t, trouble);
  return view(t, title, heading(title), text(words), text(t('notice.once'), 'muted'));
}

function troubleText(t: Translate, trouble: TroubleFacts): RichText {
  const subject = oneLine(trouble.subject);
  const channel: Inline = { kind: 'channel', externalId: subject, name: subject };
  switch (trouble.kind) {
    case 'not_in_channel':
      return rich(t, 'notice.notInChannel', { channel });
    case 'channel_gone':
      return rich(t, 'notice.channelGone', { channel });
    case 'missing_permission':
      return rich(t, 'notice.missingPermission', { permission: { kind: 'strong', text: subject } });
    case 'token_void':
      return [t('notice.tokenVoid')];
    default:
      return assertNever(trouble.kind);
  }
}
