// Cells that a spreadsheet would run as a formula, written so that it does not, and read back as they were.

/** The beginning of a formula, as OWASP lists them (and their full-width forms), behind any apostrophes that are there already. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** The cell as it is safe to open: with one apostrophe more where it looks like a formula. */
export function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** What `guarded` was given. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
