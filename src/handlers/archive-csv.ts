// The archive as CSV that spreadsheets may open and that import reads back without loss.
import type { Instant } from '../domain/basics.ts';
import { guarded } from '../domain/response/formula-guard.ts';
import type { ArchiveRow } from '../ports/store/archive.ts';

export const ARCHIVE_COLUMNS = [
  'id',
  'source',
  'survey',
  'score',
  'verbatim',
  'sentAt',
  'answeredAt',
  'person',
  'locale',
  'agent',
  'channel',
  'account',
] as const satisfies readonly (keyof ArchiveRow)[];

export const CSV_HEADER = `${ARCHIVE_COLUMNS.join(',')}\n`;

export function csvLine(row: ArchiveRow): string {
  const told = { ...row, sentAt: isoTime(row.sentAt), answeredAt: isoTime(row.answeredAt) };
  return `${ARCHIVE_COLUMNS.map((column) => csvCell(told[column])).join(',')}\n`;
}

export function isoTime(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const cell = guarded(String(value));
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
