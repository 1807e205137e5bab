// Counts as people read them.

/** `8,225` */
export function number(n: number): string {
  return n.toLocaleString('en');
}

/** `1 line`, `8,225 lines` */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${number(n)} ${n === 1 ? noun : plural}`;
}
