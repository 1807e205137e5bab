// Who changed what, in a line each: the latest of the trail that a lead may want to know of.
import type { Instant, ZoneName } from '../domain/basics.ts';
import { oneLine, strong } from './parts.ts';
import type { MessageKey, Translate } from './text.ts';
import type { RichText } from './view.ts';

export interface Change {
  readonly at: Instant;
  /** `platform:installation:id`, or who else it was. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const KNOWN = {
  'settings.set': 'audit.settings',
  'digest.weekly': 'audit.digestOn',
  'digest.off': 'audit.digestOff',
  'digest.language': 'audit.digestLanguage',
  pause: 'audit.pause',
  resume: 'audit.resume',
  export: 'audit.export',
  connect: 'audit.connect',
  'person.link': 'audit.link',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** Kinds of changes that are shown; others are for the operator. */
export const SHOWN_ACTIONS: ReadonlySet<string> = new Set(Object.keys(KNOWN));

export function changeLine(t: Translate, change: Change, zone: ZoneName): RichText {
  const key = KNOWN[change.action as keyof typeof KNOWN];
  const [, , ...id] = change.actor.split(':');
  const externalId = id.join(':');
  const who =
    externalId === ''
      ? oneLine(change.actor)
      : { kind: 'person' as const, externalId, name: oneLine(externalId) };
  const moved = changesIn(change.detail).map(([name, before, after]) => ` · ${name}: ${before} → ${after}`);
  return [strong(t.dateTime(change.at, zone)), ' · ', who, ` · ${t(key)}`, ...moved];
}

/** What was told as `changed: { name: [old, new] }`. */
function changesIn({ changed }: Change['detail']): readonly (readonly [string, string, string])[] {
  return Object.entries((changed ?? {}) as object).flatMap(([name, value]) =>
    Array.isArray(value) && value.length === 2
      ? [[oneLine(name, 20), said(value[0]), said(value[1])] as const]
      : [],
  );
}

function said(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value), 60);
}
