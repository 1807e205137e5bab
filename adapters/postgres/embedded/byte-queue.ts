// Bytes that arrive in pieces of any size and leave in messages. Nothing is copied twice, however large a message is.

export class ByteQueue {
  readonly #chunks: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The first `length` bytes, left where they are; null while fewer have arrived. */
  peek(length: number): Buffer | null {
    if (this.#size < length) return null;
    if (this.#chunks[0]!.length < length) this.#join(length);
    return this.#chunks[0]!.subarray(0, length);
  }

  /** The first `length` bytes, removed; null while fewer have arrived. */
  take(length: number): Buffer | null {
    const bytes = this.peek(length);
    if (bytes === null) return null;
    const first = this.#chunks[0]!;
    if (first.length === length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(length);
    this.#size -= length;
    return bytes;
  }

  #join(length: number): void {
    let joined = 0;
    let count = 0;
    while (joined < length) joined += this.#chunks[count++]!.length;
    this.#chunks.splice(0, count, Buffer.concat(this.#chunks.slice(0, count), joined));
  }
}
