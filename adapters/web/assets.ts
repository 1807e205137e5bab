// Where the page's files are, whether the program runs from source or from its build.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AfterwordError } from '../../src/domain/basics.ts';

/** A file of `adapters/web/assets`, below the nearest folder upwards that has a package.json. */
export function assetPath(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'adapters', 'web', 'assets', name);
    if (existsSync(join(folder, 'package.json')) && existsSync(file)) return file;
    if (dirname(folder) === folder) break;
  }
  throw new AfterwordError(
    'broken',
    `the page's file ${name} is missing`,
    'install the package again, with all its files',
  );
}
