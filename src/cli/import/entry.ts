// What both kinds of files come down to: lines that know their number and what stands in each column.
import type { Cell } from '../../domain/response/import-row.ts';

export interface Entry {
  /** Where it begins; the first line of the file is 1. */
  readonly line: number;
  cellOf(column: string): Cell;
  /** The names that this line brings along, where there is no header. */
  readonly columns?: readonly string[];
}
