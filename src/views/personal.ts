// What is told to whoever decides something for themselves: their language, who they are elsewhere, that they be forgotten; and what leads are told of
// an export and a pause.
import type { Duration, Instant, ZoneName } from '../domain/basics.ts';
import { buttons, oneLine, rich, sentence, strong, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { View } from './view.ts';

/** `t` speaks the language that was chosen. */
export function languageView(t: Translate, of: 'own' | 'app' | 'digest'): View {
  return sentence(t, t(`language.${of}`), 'good');
}

export function noDigestHereView(t: Translate): View {
  return sentence(t, t('language.noDigest', { command: '/nps digest weekly monday 9:00' }), 'bad');
}

export function pausedView(t: Translate, { paused }: { readonly paused: boolean }): View {
  return sentence(
    t,
    paused ? t('pause.paused', { command: '/nps resume', code: 'survey_off' }) : t('pause.resumed'),
    'good',
  );
}

export function linkCodeView(
  t: Translate,
  { code, lasts }: { readonly code: string; readonly lasts: Duration },
): View {
  const words = rich(t, 'link.code', {
    command: strong(`/nps person link ${code}`),
    lasts: t.duration(lasts),
  });
  return view(t, t('link.summary'), text(words), text(t('link.once'), 'muted'));
}

export function linkedView(t: Translate, outcome: 'linked' | 'same' | 'unknown'): View {
  return sentence(t, t(`link.${outcome}`), outcome === 'unknown' ? 'bad' : 'good');
}

export function peopleLinkedView(
  t: Translate,
  { into, from }: { readonly into: string; readonly from: string },
): View {
  return sentence(t, t('link.people', { into: oneLine(into), from: oneLine(from) }), 'good');
}

export function forgetAskView(t: Translate): View {
  return view(
    t,
    t('forget.ask'),
    text(t('forget.ask')),
    buttons({ label: t('forget.confirm'), action: { kind: 'forget_me' }, style: 'danger' }),
  );
}

export function forgottenView(t: Translate, { known }: { readonly known: boolean }): View {
  return sentence(t, t(known ? 'forget.done' : 'forget.nothing'), 'good');
}

/** What stands with the file itself. */
export function exportFileView(
  t: Translate,
  {
    count,
    from,
    to,
    zone,
  }: { readonly count: number; readonly from: Instant; readonly to: Instant; readonly zone: ZoneName },
): View {
  return sentence(t, t('export.file', { count, period: t.period(from, to, zone) }));
}

export type Exported =
  | { readonly kind: 'sent'; readonly count: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_large'; readonly count: number; readonly command: string }
  | { readonly kind: 'cannot'; readonly command: string };

export function exportedView(t: Translate, exported: Exported): View {
  switch (exported.kind) {
    case 'sent':
      return sentence(t, t('export.sent', { count: exported.count }), 'good');
    case 'empty':
      return sentence(t, t('export.empty'), 'muted');
    case 'too_large':
      return sentence(t, t('export.tooLarge', { count: exported.count, command: exported.command }), 'bad');
    case 'cannot':
      return sentence(t, t('export.cannot', { command: exported.command }), 'bad');
  }
}
