// Who or what a command is about: a mention, an id or a name, with a period and a survey before or behind it.
import type { Given } from './outcome.ts';
import { NO_SLOTS, readSlots, type SlotName, type Slots } from './slots.ts';

/** What is left when everything that narrows figures down is taken away at the end, and then at the beginning. */
export function subjectIn(
  { text, pieces, rest, said }: Given,
  allowed: ReadonlySet<SlotName>,
): { readonly subject: string; readonly slots: Slots } {
  const mention = pieces.find((piece) => piece.mention);
  if (mention !== undefined) {
    const read = readSlots(
      pieces.filter((piece) => piece !== mention),
      allowed,
    );
    return { subject: said(mention), slots: read.kind === 'slots' ? read.slots : NO_SLOTS };
  }
  for (let at = 0; at < pieces.length; at++) {
    const read = readSlots(pieces.slice(at), allowed);
    if (read.kind !== 'slots' || read.count === 0) continue;
    // Alone it is what the command is about after all: somebody may be called May.
    if (at === 0) break;
    return { subject: text.slice(pieces[0]!.start, pieces[at]!.start).trim(), slots: read.slots };
  }
  for (let end = pieces.length - 1; end > 0; end--) {
    const read = readSlots(pieces.slice(0, end), allowed);
    if (read.kind === 'slots' && read.count > 0)
      return { subject: text.slice(pieces[end]!.start).trim(), slots: read.slots };
  }
  const alone = pieces.length > 0 && readSlots(pieces, SURVEY_ALONE).kind === 'slots';
  return { subject: alone ? '' : rest, slots: NO_SLOTS };
}

/** Nobody is called by the name of a survey. */
const SURVEY_ALONE: ReadonlySet<SlotName> = new Set(['survey']);

/** A mention as its id, anything else as it is: `<@U123|ann>` and `<@!123>` → the id, `@ann` → `ann`. */
export function personIn(typed: string): string {
  const text = typed.trim();
  const mention = /^<@!?([^<>|\s]{1,200})(?:\|[^<>]{0,200})?>/u.exec(text);
  if (mention) return mention[1]!;
  return text
    .replace(/^[@＠]+\s*/u, '')
    .slice(0, 200)
    .replace(/\p{Cs}/gu, '')
    .trim();
}

/** A mention of a channel, a group or a role as its id; an emoji by its name; anything else as it is: `<#C1|general>`, `<!subteam^S1|@support>`, `:tada:`. */
export function referenceIn(typed: string): string {
  const mention = /^<(?:#|!subteam\^|@&|@!?)([^<>|\s]{1,200})(?:\|[^<>]{0,200})?>$/u.exec(typed);
  const emoji = /^:([a-z0-9_+'-]{1,100}):(?::skin-tone-\d:)?$/iu.exec(typed)?.[1]?.toLowerCase();
  return (mention?.[1] ?? emoji ?? typed.slice(0, 200)).replace(/\p{Cs}/gu, '');
}
