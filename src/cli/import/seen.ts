// Remembers what a file said already in about 20 bytes a line, so that a file of ten million lines fits.
import { createHash } from 'node:crypto';

/**
 * From texts to a number, by 64 bits of their SHA-256: in ten million lines two of them look alike once in 400,000 files.
 */
export class Seen {
  private high = new Uint32Array(1 << 12);
  private low = new Uint32Array(1 << 12);
  private values = new Uint32Array(1 << 12);
  private size = 0;

  /** What was last put for this text; 0 when nothing was. */
  get(text: string): number {
    const [high, low] = wordsOf(text);
    return this.values[this.slotOf(high, low)] ?? 0;
  }

  /** `value` is not 0. */
  put(text: string, value: number): void {
    if (this.size * 3 > this.values.length * 2) this.grow();
    const [high, low] = wordsOf(text);
    const slot = this.slotOf(high, low);
    if (this.values[slot] === 0) this.size += 1;
    this.set(slot, high, low, value);
  }

  private slotOf(high: number, low: number): number {
    const mask = this.values.length - 1;
    let slot = low & mask;
    while (this.values[slot] !== 0 && (this.high[slot] !== high || this.low[slot] !== low))
      slot = (slot + 1) & mask;
    return slot;
  }

  private set(slot: number, high: number, low: number, value: number): void {
    this.high[slot] = high;
    this.low[slot] = low;
    this.values[slot] = value;
  }

  private grow(): void {
    const { high, low, values } = this;
    this.high = new Uint32Array(values.length * 2);
    this.low = new Uint32Array(values.length * 2);
    this.values = new Uint32Array(values.length * 2);
    for (const [i, value] of values.entries()) {
      if (value === 0) continue;
      const [h, l] = [high[i] ?? 0, low[i] ?? 0];
      this.set(this.slotOf(h, l), h, l, value);
    }
  }
}

function wordsOf(text: string): readonly [number, number] {
  const digest = createHash('sha256').update(text).digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
