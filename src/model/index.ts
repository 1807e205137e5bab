// The model that ships with the program, read once from the file beside this one.
import { readFileSync } from 'node:fs';
import { type Classifier, createClassifier } from '../domain/classification/classify.ts';
import { loadModel, ModelError } from '../domain/classification/model.ts';

let classifier: Classifier | null = null;

export function shippedClassifier(): Classifier {
  classifier ??= createClassifier(loadModel(bytes()));
  return classifier;
}

function bytes(): Uint8Array {
  try {
    return readFileSync(new URL('./afterword.bin', import.meta.url));
  } catch (error) {
    throw new ModelError(
      `its file cannot be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
