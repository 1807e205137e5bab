// Takes what tells of one person out of texts and JSON that speak of other things too: alerts, digests, the audit trail.
import type { Id } from '../../../src/domain/basics.ts';
import { maskPersonalData } from '../../../src/domain/digest/quotes.ts';

/** What somebody erased may have left anywhere. */
export interface Traces {
  /** Outside ids, names, customer id. */
  readonly names: readonly string[];
  /** Verbatims, subjects, notes. */
  readonly words: readonly string[];
  /** Our own ids of the person and of what was theirs. */
  readonly ids: ReadonlySet<Id>;
}

/** Stands where something was. */
export const GONE = '…';

/** So much of somebody's words in a row is a quotation of them, even if it breaks off there. */
const QUOTED = 16;
/** Shorter words than this may be anybody's, unless the text is about the person. */
const TELLING = 8;
/** Such short names are taken out only where they are the whole text, or every "1" would go. */
const SHORT_NAME = /^(\w{1,2}|.)$/u;

/** What stands under these keys is ours, even if somebody is called "link". */
const OURS = new Set(['kind', 'tone', 'style', 'locale', 'survey', 'status', 'verdict', 'theme']);

export interface Scrubber {
  /** The same text, or one without the traces. `about`: it is known to be about the person. */
  text(text: string, about?: boolean): string;
  /** The same value (the very same, if nothing was in it), or one without the traces; quotations with the id of an erased response are left out. */
  json<T>(value: T): T;
}

export function scrubberOf(traces: Traces): Scrubber {
  const names = [...new Set(traces.names.map((name) => name.trim()).filter((name) => name !== ''))]
    .sort((a, b) => b.length - a.length)
    .map((name) => ({ name, pattern: standingAlone(name) }));
  const words = [...new Set(traces.words.flatMap(variantsOf))].sort((a, b) => b.length - a.length);

  const quotable = words.filter((said) => said.length >= QUOTED);
  const telling = words.filter((said) => said.length >= TELLING && said.length < QUOTED);
  const short = words.filter((said) => said.length < TELLING).map(standingAlone);

  function text(given: string, about = false): string {
    let left = withoutQuotations(given, quotable);
    for (const said of telling) left = left.replaceAll(said, GONE);
    if (about) for (const said of short) left = left.replace(said, GONE);
    for (const { name, pattern } of names) {
      if (!SHORT_NAME.test(name)) left = left.replace(pattern, GONE);
      else if (left === name) left = GONE;
    }
    return left;
  }

  function inner(value: unknown, about: boolean, quoted = false): unknown {
    if (typeof value === 'string') return traces.ids.has(value) ? value : text(value, about && quoted);
    if (Array.isArray(value)) {
      const kept = value
        .filter((item) => !isQuotation(item, traces.ids))
        .map((item) => inner(item, about, quoted));
      return kept.length === value.length && kept.every((item, i) => item === value[i]) ? value : kept;
    }
    if (typeof value !== 'object' || value === null) return value;
    const quote = quoted || ('kind' in value && value.kind === 'quote');
    const fields = Object.entries(value).map(
      ([key, field]) => [key, OURS.has(key) ? field : inner(field, about, quote)] as const,
    );
    const same = fields.every(([key, field]) => field === (value as Record<string, unknown>)[key]);
    return same ? value : Object.fromEntries(fields);
  }

  return {
    text,
    json<T>(value: T): T {
      const written = JSON.stringify(value) ?? '';
      return inner(
        value,
        [...traces.ids].some((id) => written.includes(id)),
      ) as T;
    },
  };
}

/** As they were said, as a line, and as a digest shows them to others. */
function variantsOf(words: string): readonly string[] {
  const line = words.replace(/\s+/gu, ' ').trim();
  return [words.trim(), line, maskPersonalData(line)].filter((variant) => variant !== '');
}

/** Takes out every stretch that begins as some words do, as far as it goes with any of them. */
function withoutQuotations(text: string, words: readonly string[]): string {
  let left = text;
  for (const said of words) {
    const begin = said.slice(0, QUOTED);
    for (let start = left.indexOf(begin); start >= 0; start = left.indexOf(begin, start + GONE.length)) {
      const end = Math.max(...words.map((variant) => sharedEnd(left, start, variant)));
      left = `${left.slice(0, start)}${GONE}${left.slice(end)}`;
    }
  }
  return left;
}

function sharedEnd(text: string, start: number, said: string): number {
  let length = 0;
  while (length < said.length && text[start + length] === said[length]) length++;
  return start + length;
}

/** Not inside a longer Latin word or number; other scripts do not part their words. */
function standingAlone(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const before = /^\w/.test(name) ? '(?<!\\w)' : '';
  const after = /\w$/.test(name) ? '(?!\\w)' : '';
  return new RegExp(`${before}${escaped}${after}`, 'g');
}

/** Of an erased response, or a summary of several of which one is. */
function isQuotation(item: unknown, ids: ReadonlySet<Id>): boolean {
  if (typeof item !== 'object' || item === null) return false;
  if ('responseId' in item) return ids.has(String(item.responseId));
  const of = 'responseIds' in item ? item.responseIds : null;
  return Array.isArray(of) && of.some((id) => ids.has(String(id)));
}
