// What a workspace has decided, the form that changes it, and the answers to the commands that do.
import type { Duration, ZoneName } from '../domain/basics.ts';
import { formatClock, type Weekday } from '../domain/calendar.ts';
import type { Schedule } from '../domain/digest/schedule.ts';
import { colonOf } from '../domain/words.ts';
import { type Change, changeLine } from './audit.ts';
import { heading, oneLine, reactionText, rich, sentence, strong, text, view } from './parts.ts';
import type { MessageKey, Translate } from './text.ts';
import type { Block, Inline, Input, RichText, View } from './view.ts';

/** The settings as they are for one installation. */
export interface SettingsFacts {
  readonly team: string | null;
  readonly leads: string | null;
  readonly alerts: string | null;
  /** Alerts go to another installation of the workspace. */
  readonly alertsElsewhere: boolean;
  readonly digest: { readonly channel: string; readonly schedule: Schedule } | null;
  readonly zone: ZoneName;
  readonly reaction: string;
  readonly paused: boolean;
  /** The latest first. */
  readonly changes: readonly Change[];
}

export function settingsView(t: Translate, facts: SettingsFacts): View {
  const title = t('settings.heading');
  const alerts: RichText = facts.alerts
    ? [channel(facts.alerts)]
    : [t(facts.alertsElsewhere ? 'settings.elsewhere' : 'settings.alertsUnset')];
  const digest: RichText = facts.digest
    ? [channel(facts.digest.channel), ` – ${whenText(t, facts.digest.schedule)}`]
    : [t('settings.none')];
  const lines: readonly (readonly [MessageKey, RichText])[] = [
    ['settings.team', [facts.team === null ? t('settings.teamUnset') : oneLine(facts.team)]],
    ['settings.leads', [facts.leads === null ? t('settings.leadsUnset') : oneLine(facts.leads)]],
    ['settings.alerts', alerts],
    ['settings.digest', digest],
    ['settings.zone', [facts.zone]],
    ['settings.reaction', [reactionText(facts.reaction)]],
    [
      'settings.asking',
      [
        facts.paused
          ? t('settings.paused', { command: '/nps resume' })
          : t('settings.asked', { command: '/nps pause' }),
      ],
    ],
  ];
  return view(
    t,
    title,
    heading(title),
    {
      kind: 'list',
      items: lines.map(([key, value]): RichText => [strong(t(key)), colonOf(t.locale), ...value]),
    },
    { kind: 'buttons', buttons: [changeButton(t)] },
    text(t('settings.hint', { example: '/nps settings alerts #support' }), 'muted'),
    ...changesBlocks(t, facts),
  );
}

function changesBlocks(t: Translate, { changes, zone }: SettingsFacts): readonly Block[] {
  if (changes.length === 0) return [];
  return [
    text([strong(t('settings.changes'))]),
    { kind: 'list', items: changes.map((one) => changeLine(t, one, zone)) },
  ];
}

export function settingsFormView(t: Translate, facts: SettingsFacts): View {
  const pick = (name: string, of: 'channel' | 'team', value: string | null): Input => ({
    kind: 'pick',
    name,
    label: t(`settings.${name as 'team' | 'leads' | 'alerts' | 'digest'}`),
    value: value ?? '',
    optional: true,
    of,
  });
  const line = (name: 'time' | 'zone' | 'reaction', value: string, maxLength: number): Input => ({
    kind: 'text',
    name,
    label: t(`settings.${name}`),
    value,
    multiline: false,
    optional: true,
    maxLength,
  });
  return view(t, t('settings.heading'), {
    kind: 'inputs',
    title: t('settings.title'),
    action: { kind: 'settings' },
    submit: t('settings.submit'),
    inputs: [
      pick('team', 'team', facts.team),
      pick('alerts', 'channel', facts.alerts),
      pick('digest', 'channel', facts.digest?.channel ?? null),
      {
        kind: 'pick',
        name: 'weekday',
        label: t('settings.weekday'),
        value: String(facts.digest?.schedule.weekday ?? 1),
        optional: true,
        of: ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ value: String(day), label: dayText(t, day) })),
      },
      line('time', formatClock(facts.digest?.schedule.time ?? 9 * 60), 5),
      line('zone', facts.zone, 64),
      line('reaction', facts.reaction, 100),
      pick('leads', 'team', facts.leads),
    ],
  });
}

/** What was typed does not fit: which field, what it takes. */
export function settingsProblemView(
  t: Translate,
  {
    name,
    value,
  }: {
    readonly name: 'team' | 'leads' | 'alerts' | 'zone' | 'reaction' | 'digest' | 'weekday' | 'time';
    readonly value: string;
  },
): View {
  return sentence(t, t(`settings.bad.${name}`, { value: oneLine(value, 60) || '–' }), 'bad');
}

export function digestSetView(
  t: Translate,
  { channel: id, schedule }: { readonly channel: string; readonly schedule: Schedule | null },
): View {
  if (schedule === null) return sentence(t, t('settings.digestOff'), 'good');
  const words = rich(t, 'settings.digestOn', { channel: channel(id), when: whenText(t, schedule) });
  return view(t, t('settings.digestOnPlain', { when: whenText(t, schedule) }), text(words, 'good'));
}

export function connectCodeView(
  t: Translate,
  { code, lasts }: { readonly code: string; readonly lasts: Duration },
): View {
  const command: Inline = strong(`/nps connect ${code}`);
  const words = rich(t, 'connect.code', { command, lasts: t.duration(lasts) });
  return view(t, t('connect.summary'), text(words), text(t('connect.once'), 'muted'));
}

export function connectedView(t: Translate, outcome: 'connected' | 'same' | 'in_use' | 'unknown_code'): View {
  return sentence(t, t(`connect.${outcome}`), outcome === 'connected' ? 'good' : 'bad');
}

/** A test question is on its way to whoever asked for it. */
export function rehearsedView(t: Translate): View {
  return sentence(t, t('settings.tested'), 'good');
}

export function changeButton(t: Translate) {
  return { label: t('settings.change'), action: { kind: 'settings' }, style: 'primary' } as const;
}

function channel(externalId: string): Inline {
  return { kind: 'channel', externalId, name: oneLine(externalId) };
}

/** "every Monday at 09:00 (Europe/Berlin)" */
export function whenText(t: Translate, { weekday, time, zone }: Schedule): string {
  return t('settings.when', { day: dayText(t, weekday), time: formatClock(time), zone });
}

/** 2024-01-01 was a Monday. */
function dayText(t: Translate, weekday: Weekday): string {
  return t.weekday(Date.UTC(2024, 0, weekday));
}
