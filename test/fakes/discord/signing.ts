// Discord signs the interactions that it sends over HTTP: Ed25519 over the timestamp and the body.
import { generateKeyPairSync, sign } from 'node:crypto';

export class SigningKeys {
  readonly #pair = generateKeyPairSync('ed25519');

  /** As the developer portal shows it: 32 bytes in hexadecimal. */
  get publicKey(): string {
    return this.#pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  }

  headers(body: string, timestamp: string): Record<string, string> {
    const signature = sign(null, Buffer.from(timestamp + body), this.#pair.privateKey).toString('hex');
    return { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
  }
}
