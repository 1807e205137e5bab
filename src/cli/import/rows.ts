// From entries to rows: each read once, with a name that is the same in the next run, and refused when it comes twice.
import { createHash } from 'node:crypto';
import type { ZoneName } from '../../domain/basics.ts';
import { type BadField, type ImportRow, readImportRow } from '../../domain/response/import-row.ts';
import { momentReader } from '../../domain/timestamp.ts';
import type { ArchiveRow } from '../../ports/store/archive.ts';
import type { Entry } from './entry.ts';
import { fieldOf, type Mapping } from './mapping.ts';
import { Seen } from './seen.ts';
import type { Damage } from './split.ts';

/** A line that is not kept. `field` is null where the line itself is broken. */
export interface BadLine {
  readonly line: number;
  readonly field: BadField['field'] | null;
  readonly value: string | null;
  readonly reason: string;
}

export type RowOrBad = { readonly row: ArchiveRow } | { readonly bad: BadLine };

/** Where answers come from when the file does not say. */
const SOURCE = 'import';

/** Reads the lines of one file, in their order. */
export function createRowReader(mapping: Mapping, zone: ZoneName): (entry: Entry | Damage) => RowOrBad {
  const moments = momentReader(zone);
  const lineOfId = new Seen();
  const timesOfContent = new Seen();

  return (entry) => {
    const { line } = entry;
    if ('damage' in entry) return { bad: { line, field: null, value: null, reason: entry.damage } };
    const read = readImportRow((field) => fieldOf(mapping, field, entry.cellOf), moments);
    if (!read.ok) return { bad: { line, ...read.bad } };
    const { id, source, ...facts } = { ...read.row, source: read.row.source ?? SOURCE };
    if (id === null) return { row: { ...facts, source, id: nameOf(read.row, source, timesOfContent) } };
    const key = `${source}\0${id}`;
    const first = lineOfId.get(key);
    if (first !== 0) {
      const value = id.length > 40 ? `${id.slice(0, 40)}…` : id;
      return { bad: { line, field: 'id', value, reason: `is the id of line ${first} already` } };
    }
    lineOfId.put(key, line);
    return { row: { ...facts, source, id } };
  };
}

/** The name of a row without one: its content, and how often that came before in this file. */
function nameOf(row: ImportRow, source: string, times: Seen): string {
  const { survey, score, verbatim, sentAt, answeredAt, person, locale, agent, channel, account } = row;
  const facts = [
    survey,
    score,
    verbatim,
    sentAt,
    answeredAt,
    person,
    locale,
    agent,
    channel,
    account,
    source,
  ];
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
  const before = times.get(hash);
  times.put(hash, before + 1);
  return before === 0 ? `row-${hash}` : `row-${hash}-${before + 1}`;
}
