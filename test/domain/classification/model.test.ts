// The file of the model: what is whole is read, and what is not is refused with what to do about it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClassifier } from '../../../src/domain/classification/classify.ts';
import { FORMAT, loadModel, ModelError } from '../../../src/domain/classification/model.ts';

const bytes = readFileSync(new URL('../../../src/model/afterword.bin', import.meta.url));

function refusalOf(changed: Uint8Array): ModelError {
  try {
    loadModel(changed);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('the model was not refused');
}

function changed(change: (copy: Buffer) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

describe('the model that ships', () => {
  it('is at most 5 MB, and is known by its format and content', () => {
    expect(bytes.length).toBeLessThan(5_000_000);
    expect(loadModel(bytes).version).toMatch(new RegExp(`^hashed-${FORMAT}-[0-9a-f]{8}$`, 'u'));
  });

  it('says the same wherever its bytes lie', () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const answer = { survey: 'nps', score: null, text: 'Slow, and nobody answers', locale: null } as const;
    expect(createClassifier(loadModel(shifted.subarray(3)))(answer)).toEqual(
      createClassifier(loadModel(bytes))(answer),
    );
  });
});

describe('a model file that cannot be used', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'no model file'],
    ['some other file', Buffer.from('{"name":"afterword","version":"0.1.0"}'), 'no model file'],
    ['another format', changed((copy) => copy.writeUInt32LE(FORMAT + 1, 8)), `reads format ${FORMAT}`],
    ['one bit turned', changed((copy) => (copy[2_000_000] = copy[2_000_000]! ^ 1)), 'checksum'],
    ['half of it', bytes.subarray(0, bytes.length >> 1), 'checksum'],
  ])('given %s, then it is refused with a remedy', (_, file, reason) => {
    const error = refusalOf(file);
    expect(error.message).toContain(reason);
    expect(error.kind).toBe('model');
    expect(error.remedy).toContain('npm run train');
  });
});
