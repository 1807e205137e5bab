// Which column of a foreign file is which field: `id=review_id+order_id,score=review_score,survey:csat`.
import { type Cell, IMPORT_FIELDS, type ImportField } from '../../domain/response/import-row.ts';
import { UsageError } from '../errors.ts';

type Source = { readonly columns: readonly string[] } | { readonly constant: string };

/** What is not named is read from the column of its own name. */
export type Mapping = ReadonlyMap<ImportField, Source>;

const REMEDY =
  'write FIELD=COLUMN, FIELD=COLUMN+COLUMN or FIELD:VALUE, separated by commas; names with , + = : in "quotes"';

/** Parts of a joined field go together like this; the rest by a space. An id keeps its empty parts, so that no two are alike by chance. */
const JOINTS: Partial<Record<ImportField, string>> = { id: '+', verbatim: '\n' };

/** Reads `--map`. Throws `UsageError`. */
export function parseMap(text: string): Mapping {
  const mapping = new Map<ImportField, Source>();
  for (const item of partsOf(text, ',')) {
    const [, name = '', mark, value = ''] = /^\s*(\w+)\s*([=:])(.*)$/s.exec(item) ?? [];
    if (name === '') throw new UsageError(`--map: ${JSON.stringify(item)} cannot be read`, REMEDY);
    const field = IMPORT_FIELDS.find((known) => known === name);
    if (field === undefined)
      throw new UsageError(
        `--map: there is no field ${JSON.stringify(name)}`,
        `the fields are ${IMPORT_FIELDS.join(', ')}`,
      );
    if (mapping.has(field)) throw new UsageError(`--map names ${field} twice`, 'join columns with +');
    mapping.set(field, mark === ':' ? { constant: unquoted(value) } : { columns: columnsOf(field, value) });
  }
  return mapping;
}

function columnsOf(field: ImportField, text: string): readonly string[] {
  const columns = partsOf(text, '+').map(unquoted);
  if (columns.some((name) => name === '')) throw new UsageError(`--map: ${field}= names no column`, REMEDY);
  return columns;
}

/** Split at a mark, except in quotes. */
function partsOf(text: string, mark: string): readonly string[] {
  const parts = [''];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (letter === mark && !quoted) parts.push('');
    else parts.push(`${parts.pop()}${letter}`);
  }
  if (quoted) throw new UsageError(`--map: a quote in ${JSON.stringify(text)} is not closed`, REMEDY);
  return parts;
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
}

/** Columns that the mapping names. */
export function mappedColumns(mapping: Mapping): ReadonlySet<string> {
  return new Set([...mapping.values()].flatMap((source) => ('columns' in source ? source.columns : [])));
}

/** Columns that are used: those that the mapping names, and those of the name of a field that it leaves out. */
export function usedColumns(mapping: Mapping): ReadonlySet<string> {
  return new Set([...mappedColumns(mapping), ...IMPORT_FIELDS.filter((field) => !mapping.has(field))]);
}

/** What stands in a field of a line. */
export function fieldOf(mapping: Mapping, field: ImportField, cellOf: (column: string) => Cell): Cell {
  const source = mapping.get(field);
  if (source === undefined) return cellOf(field);
  if ('constant' in source) return source.constant === '' ? null : source.constant;
  const cells = source.columns.map(cellOf);
  const [only] = cells;
  if (cells.length === 1 && only !== undefined) return only;
  const problem = cells.find((cell) => typeof cell === 'object' && cell !== null);
  if (problem !== undefined) return problem;
  const parts = cells.map((cell) => (cell === null ? '' : String(cell)));
  if (parts.every((part) => part === '')) return null;
  const joint = JOINTS[field] ?? ' ';
  return (field === 'id' ? parts : parts.filter((part) => part !== '')).join(joint);
}
