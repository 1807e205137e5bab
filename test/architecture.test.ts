// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the bad files are written as strings
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packagesOf, RULES, type Rule, violations } from './support/architecture.ts';
import { readSource } from './support/source.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function program(): Map<string, string> {
  const files = new Map<string, string>();
  for (const top of ['src', 'adapters']) {
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(ROOT.length);
      if (!entry.isFile() || !/\.[cm]?[jt]s$/.test(name) || name.startsWith('adapters/postgres/generated/'))
        continue;
      files.set(name, readFileSync(path, 'utf8'));
    }
  }
  return files;
}

/** A house in order, into which each test carries one bad file. */
const HOUSE: Readonly<Record<string, string>> = {
  'src/main.ts':
    "import { web } from '../adapters/web/index.ts'; import { onTrigger } from './handlers/on-trigger.ts';",
  'src/cli.ts': "import { Command } from 'commander'; import { main } from './main.ts';",
  'src/config.ts': "import { z } from 'zod'; export const env = process.env;",
  'src/domain/basics.ts':
    "// Date.now() is for others\nexport const at = new Date(0); const no = 'process.env';",
  'src/domain/survey/kind.ts': "import { z } from 'zod'; import { at } from '../basics.ts';",
  'src/domain/prompt/prompt.ts':
    "import type { Kind } from '../survey/kind.ts'; import { Temporal } from 'temporal-polyfill';",
  'src/locales/en.ts': 'export const en = {};',
  'src/views/view.ts': "import type { Prompt } from '../domain/prompt/prompt.ts';",
  'src/views/text.ts':
    "import type { en } from '../locales/en.ts'; import { IntlMessageFormat } from 'intl-messageformat';",
  'src/ports/platform.ts': "import type { View } from '../views/view.ts';",
  'src/handlers/on-trigger.ts':
    "import { text } from '../views/text.ts'; import type { Platform } from '../ports/platform.ts';",
  'adapters/web/index.ts': "import { Hono } from 'hono'; import { render } from './render.ts';",
  'adapters/web/render.ts':
    "import type { View } from '../../src/views/view.ts'; import { createHash } from 'node:crypto';",
  'adapters/postgres/index.ts':
    "import { PrismaPg } from '@prisma/adapter-pg'; import type { Platform } from '../../src/ports/platform.ts';",
  'adapters/bullmq/index.ts': "import { Queue } from 'bullmq'; import { Redis } from 'ioredis';",
};

const BAD: readonly (readonly [rule: Rule, path: string, source: string, found: string])[] = [
  [
    'domain',
    'src/domain/survey/bad.ts',
    "import type { Prompt } from '../prompt/prompt.ts';",
    'src/domain/prompt/prompt.ts',
  ],
  ['domain', 'src/domain/bad.ts', "import { kind } from './survey/kind.ts';", 'src/domain/survey/kind.ts'],
  ['domain', 'src/domain/survey/bad.ts', "export * from '../mystery/x.ts';", 'src/domain/mystery/x.ts'],
  ['domain', 'src/domain/mystery/bad.ts', "import { x } from './x.ts';", 'src/domain/mystery/x.ts'],
  ['domain', 'src/domain/survey/bad.ts', "import { createHash } from 'node:crypto';", 'node:crypto'],
  ['domain', 'src/domain/survey/bad.ts', "import fs from 'fs';", 'node:fs'],
  ['domain', 'src/domain/survey/bad.ts', "import { chunk } from 'lodash/fp';", 'lodash'],
  ['domain', 'src/domain/survey/bad.ts', "import '../../views/view.ts';", 'src/views/view.ts'],
  [
    'views',
    'src/views/bad.ts',
    "import type { Platform } from '../ports/platform.ts';",
    'src/ports/platform.ts',
  ],
  ['views', 'src/views/bad.ts', "import { en } from '../locales/en.ts';", 'src/locales/en.ts'],
  ['views', 'src/views/bad.ts', "import { z } from 'zod';", 'zod'],
  ['ports', 'src/ports/bad.ts', "import type { Text } from '../views/text.ts';", 'src/views/text.ts'],
  ['ports', 'src/ports/bad.ts', "import type { Server } from 'node:http';", 'node:http'],
  ['handlers', 'src/handlers/bad.ts', "import { env } from '../config.ts';", 'src/config.ts'],
  [
    'handlers',
    'src/handlers/bad.ts',
    "const { en } = await import('../locales/en.ts');",
    'src/locales/en.ts',
  ],
  ['handlers', 'src/handlers/bad.ts', "import { setTimeout } from 'node:timers/promises';", 'node:timers'],
  ['locales', 'src/locales/bad.ts', "import { text } from '../views/text.ts';", 'src/views/text.ts'],
  [
    'adapters',
    'adapters/bullmq/bad.ts',
    "import { sql } from '../postgres/index.ts';",
    'adapters/postgres/index.ts',
  ],
  ['adapters', 'adapters/http/bad.ts', "export { web } from '../web/index.ts';", 'adapters/web/index.ts'],
  ['adapters', 'adapters/http/bad.ts', "import '../webhooks.ts';", 'adapters/webhooks.ts'],
  [
    'adapters',
    'adapters/web/bad.ts',
    "import { f } from '../../src/handlers/on-trigger.ts';",
    'src/handlers/on-trigger.ts',
  ],
  ['adapters', 'adapters/web/bad.ts', "import { text } from '../../src/views/text.ts';", 'src/views/text.ts'],
  ['adapters', 'adapters/web/bad.ts', "import type { Config } from '../../src/config.ts';", 'src/config.ts'],
  [
    'adapters',
    'adapters/web/bad.ts',
    "new Worker(new URL('../postgres/index.ts', import.meta.url));",
    'adapters/postgres/index.ts',
  ],
  [
    'adapters',
    'adapters/web/bad.ts',
    "import { helper } from '../../test/support/helper.ts';",
    'test/support/helper.ts',
  ],
  [
    'composition',
    'src/cli/bad.ts',
    "import { web } from '../../adapters/web/index.ts';",
    'adapters/web/index.ts',
  ],
  [
    'composition',
    'src/handlers/bad.ts',
    "import type { web } from '../../adapters/web/index.ts';",
    'adapters/web/index.ts',
  ],
  [
    'composition',
    'src/domain/bad.ts',
    "type Web = import('../../adapters/web/index.ts').Web;",
    'adapters/web/index.ts',
  ],
  ['owner', 'adapters/web/bad.ts', "import { PrismaClient } from '@prisma/client';", '@prisma/client'],
  ['owner', 'src/main.ts', "import { Queue } from 'bullmq';", 'bullmq'],
  ['owner', 'adapters/postgres/bad.ts', "const { Redis } = require('ioredis');", 'ioredis'],
  ['owner', 'adapters/web/bad.ts', "import { App } from '@slack/bolt';", '@slack/bolt'],
  ['owner', 'adapters/web/bad.ts', "import { Client } from 'discord.js';", 'discord.js'],
  [
    'circle',
    'adapters/web/render.ts',
    "import { web } from './index.ts';",
    'adapters/web/index.ts → adapters/web/render.ts → adapters/web/index.ts',
  ],
  [
    'circle',
    'src/domain/bad.ts',
    "import type { Bad } from './bad.ts';",
    'src/domain/bad.ts → src/domain/bad.ts',
  ],
  ['unreadable', 'src/cli/bad.ts', "await import('../../adap' + name);", 'import(…)'],
  ['unreadable', 'src/cli/bad.ts', 'await import(`../../adapters/${name}/index.ts`);', 'import(…)'],
  ['environment', 'adapters/web/bad.ts', 'const port = process.env.PORT;', 'process.env'],
  ['environment', 'src/cli/bad.ts', "const port = process['env'].PORT;", 'process['],
  ['environment', 'src/main.ts', 'const { env } = process;', '{ env } = process'],
  ['environment', 'src/main.ts', 'const url = `http://${process.env.HOST}`;', 'process.env'],
  ['environment', 'src/main.ts', "import { env } from 'process';", 'node:process'],
  ['environment', 'src/main.ts', 'process.loadEnvFile();', 'process.loadEnvFile'],
  ['purity', 'src/domain/bad.ts', 'export const late = () => Date.now() + 1;', 'Date.now'],
  ['purity', 'src/domain/bad.ts', 'export const now = new Date();', 'new Date()'],
  ['purity', 'src/domain/bad.ts', 'export const now = +new Date;', 'new Date'],
  ['purity', 'src/views/bad.ts', 'export const today = Date();', 'Date('],
  ['purity', 'src/views/bad.ts', 'export const text = `at ${Temporal.Now.instant()}`;', 'Temporal.Now'],
  ['purity', 'src/domain/bad.ts', 'export const started = performance.now();', 'performance'],
  ['purity', 'src/domain/bad.ts', 'export const coin = Math.random() < 0.5;', 'Math.random'],
  ['purity', 'src/domain/bad.ts', 'export const id = crypto.randomUUID();', 'crypto'],
  ['purity', 'src/views/bad.ts', 'setTimeout(() => {}, 1);', 'setTimeout'],
  ['purity', 'src/domain/bad.ts', 'process.exit(1);', 'process.'],
  ['purity', 'src/domain/bad.ts', "export const page = fetch('https://example.org');", 'fetch('],
  ['platform', 'src/handlers/bad.ts', "if (platform === 'slack') throw 1;", 'slack'],
  ['platform', 'src/handlers/bad.ts', 'const name: `discord` = x;', 'discord'],
  ['size', 'adapters/web/bad.ts', 'let x;\n'.repeat(301), '301 lines'],
];

describe('given the program as it is', () => {
  it('then it keeps every rule of the house', () => {
    const files = program();
    expect(files.size).toBeGreaterThan(50);
    expect(violations(files).map(({ rule, file, found }) => `${RULES[rule]}: ${file}: ${found}`)).toEqual([]);
  });

  it('then what it needs to run is installed without the packages of development', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const running = [...program()].filter(([path]) => !path.includes('.dev.'));
    const needed = packagesOf(new Map(running));
    expect(needed).toContain('pg');
    expect([...needed].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });
});

describe('given a house in order', () => {
  const house = new Map(Object.entries(HOUSE));

  it('then there is nothing to report', () => {
    expect(violations(house)).toEqual([]);
  });

  it.each(BAD)(
    'when a file breaks "%s" (%s: %j), then that alone is reported',
    (rule, path, source, found) => {
      const broken = violations(new Map([...house, [path, source]]));
      expect(broken).toHaveLength(1);
      expect(broken[0]).toMatchObject({ rule, found });
    },
  );

  it('then there is a bad file for each rule', () => {
    expect(new Set(BAD.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
  });
});

describe('given a source file', () => {
  const specifiers = (text: string) => readSource(text).imports.map((found) => found.specifier);

  it('then every form of import is seen', () => {
    const text = `
      import a, { type B } from 'one'; import * as c from "two"; import 'three';
      export { d } from 'four'; export * from 'five'; export * as e from 'six';
      import type { F } from 'seven'; import {
        g,
      } from 'eight';
      const h = await import('nine'); const i = require('ten'); const j = new URL('./eleven.ts', import.meta.url);`;
    const numbers = [
      'one',
      'two',
      'four',
      'five',
      'six',
      'seven',
      'eight',
      'three',
      'nine',
      'ten',
      './eleven.ts',
    ];
    expect(specifiers(text)).toEqual(numbers);
    expect(readSource(text).imports.filter((found) => found.typeOnly)).toEqual([
      { specifier: 'seven', typeOnly: true },
    ]);
  });

  it('then comments, strings and patterns are not taken for code', () => {
    const text = `
      // import 'a'
      /* import 'b' */
      const c = "import 'c'", d = 'it\\'s import "d"', e = \`import 'e' \${f("}")} import 'f'\`;
      const g = /['"]/.test(x) ? 1 / 2 : x.replace(/[/'"]/g, \`\${\`\${y}'\`}\`); // don't
      import 'seen';`;
    expect(specifiers(text)).toEqual(['seen']);
  });
});
