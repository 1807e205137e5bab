// Tables for terminals: columns as wide as they must be, numbers on the right, wide characters counted as two.
import { oneLine } from '../views/parts.ts';
import { columns } from '../views/wrap.ts';

export interface Column<T> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  readonly cell: (row: T) => string;
}

/** The rows under their titles, a line each, ended by a line end. */
export function table<T>(all: readonly Column<T>[], rows: readonly T[]): string {
  const cells = [
    all.map(({ title }) => title),
    ...rows.map((row) => all.map(({ cell }) => oneLine(cell(row)))),
  ];
  const widths = all.map((_, i) => Math.max(...cells.map((line) => columns(line[i] ?? ''))));
  return cells
    .map((line) =>
      line
        .map((text, i) => {
          const room = ' '.repeat((widths[i] ?? 0) - columns(text));
          return all[i]?.align === 'right' ? room + text : text + room;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
