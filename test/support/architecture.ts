// The rules of the house, as a pure function from files to what breaks them: who may import whom, and who may ask
// the clock, the dice and the environment.
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { readSource, type Source } from './source.ts';

export interface Violation {
  readonly rule: Rule;
  readonly file: string;
  readonly found: string;
}

/** The order in which data flows through the domain: a stage imports itself and earlier ones. */
const STAGES = [
  'survey',
  'trigger',
  'eligibility',
  'prompt',
  'response',
  'classification',
  'follow-up',
  'statistics',
  'digest',
  'command',
];

const DOMAIN_PACKAGES = ['zod', 'temporal-polyfill', 'jstat'];
const VIEW_PACKAGES = ['intl-messageformat'];

/** Packages that one adapter keeps to itself. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/^(@prisma\/.+|prisma)$/, 'adapters/postgres'],
  [/^(bullmq|ioredis)$/, 'adapters/bullmq'],
  [/^@slack\//, 'adapters/slack'],
  [/^openai$/, 'adapters/model'],
  [/^(@discordjs\/.+|discord\.js|discord-api-types)$/, 'adapters/discord'],
];

const MOST_LINES = 300;

export const RULES = {
  domain: 'the domain imports earlier stages of itself and small pure packages',
  views: 'views import the domain, and of messages only their type',
  ports: 'ports import the domain and the View type',
  handlers: 'handlers import the domain, views and ports',
  locales: 'messages import nothing but words of the domain',
  adapters:
    'an adapter imports the domain, the View type, ports, its own folder, what adapters share and its packages',
  composition: 'nothing but src/main.ts imports adapters',
  owner: 'a package that belongs to one adapter is imported there only',
  circle: 'no file imports itself by way of others',
  unreadable: 'what src/ imports is written as a plain string',
  environment: 'src/config.ts alone reads the environment',
  purity: 'the domain and views know no clock, chance, timer, process or network',
  platform: 'handlers never name a platform',
  size: `no file is longer than ${MOST_LINES} lines`,
} as const;

export type Rule = keyof typeof RULES;

interface File extends Source {
  readonly path: string;
  readonly lines: number;
}

/** What a file imports: a path in the repository, or the name of a package (`node:` before a module of Node). */
interface Target {
  readonly name: string;
  readonly isFile: boolean;
  readonly typeOnly: boolean;
}

/** Everything in these files (by path from the root, such as `src/domain/basics.ts`) that breaks a rule. */
export function violations(files: ReadonlyMap<string, string>): Violation[] {
  const sources = [...files].map(([path, text]) => ({
    path,
    lines: text.trimEnd().split('\n').length,
    ...readSource(text),
  }));
  return [...sources.flatMap(violationsOf), ...circles(sources)];
}

/** The packages that these files need when they run, without what Node brings. */
export function packagesOf(files: ReadonlyMap<string, string>): Set<string> {
  const names = [...files].flatMap(([path, text]) =>
    targetsOf({ path, lines: 0, ...readSource(text) }).flatMap((target) =>
      target.isFile || target.typeOnly || target.name.startsWith('node:') ? [] : [target.name],
    ),
  );
  return new Set(names);
}

function violationsOf(file: File): Violation[] {
  const broken: Violation[] = [];
  const report = (rule: Rule, found: string) => broken.push({ rule, file: file.path, found });
  for (const target of targetsOf(file)) {
    const rule = importRule(file.path, target);
    if (rule) report(rule, target.name);
    if (target.name === 'node:process' && file.path !== 'src/config.ts') report('environment', target.name);
    const owner = target.isFile ? undefined : OWNERS.find(([packages]) => packages.test(target.name))?.[1];
    if (owner && !within(file.path, owner)) report('owner', target.name);
  }
  if (file.hasUnreadableImport && within(file.path, 'src')) report('unreadable', 'import(…)');
  if (file.path !== 'src/config.ts')
    for (const found of uses(file, ENVIRONMENT)) report('environment', found);
  if (within(file.path, 'src/domain') || within(file.path, 'src/views')) {
    for (const found of uses(file, IMPURE)) report('purity', found);
  }
  if (within(file.path, 'src/handlers')) {
    for (const text of file.strings) if (text === 'slack' || text === 'discord') report('platform', text);
  }
  if (file.lines > MOST_LINES && !within(file.path, 'src/locales')) report('size', `${file.lines} lines`);
  return broken;
}

/** The rule that this import breaks, if any. */
function importRule(from: string, target: Target): Rule | null {
  const to = (...places: string[]) => target.isFile && places.some((place) => within(target.name, place));
  const isPackage = (names: readonly string[]) => !target.isFile && names.includes(target.name);
  const unless = (allowed: boolean, rule: Rule) => (allowed ? null : rule);

  if (within(from, 'adapters')) {
    const own = from.split('/').slice(0, 2).join('/');
    const shared = to('src/domain', 'src/views/view.ts', 'src/ports', 'adapters/shared');
    return unless(!target.isFile || shared || (to(own) && own !== from), 'adapters');
  }
  if (to('adapters')) return unless(from === 'src/main.ts', 'composition');
  if (within(from, 'src/domain')) {
    return unless(isPackage(DOMAIN_PACKAGES) || (to('src/domain') && isEarlier(target.name, from)), 'domain');
  }
  if (within(from, 'src/views')) {
    const messageTypes = target.typeOnly && to('src/locales');
    return unless(isPackage(VIEW_PACKAGES) || to('src/domain', 'src/views') || messageTypes, 'views');
  }
  if (within(from, 'src/ports')) return unless(to('src/domain', 'src/views/view.ts', 'src/ports'), 'ports');
  if (within(from, 'src/handlers')) {
    return unless(to('src/domain', 'src/views', 'src/ports', 'src/handlers'), 'handlers');
  }
  if (within(from, 'src/locales')) return unless(to('src/locales', 'src/domain'), 'locales');
  return null;
}

/** Files right in `src/domain` are the words below all stages. A folder that is no stage may not be imported by anything. */
function isEarlier(target: string, from: string): boolean {
  const [to, at] = [rank(target), rank(from)];
  return to <= at && to < STAGES.length;
}

function rank(path: string): number {
  const [folder = '', inside] = path.split('/').slice(2);
  if (inside === undefined) return -1;
  const stage = STAGES.indexOf(folder);
  return stage < 0 ? STAGES.length : stage;
}

function targetsOf(file: File): Target[] {
  return file.imports.map(({ specifier, typeOnly }) => {
    if (/^\.\.?(\/|$)/.test(specifier)) {
      return { name: posix.join(posix.dirname(file.path), specifier), isFile: true, typeOnly };
    }
    const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    return { name: builtinModules.includes(specifier) ? `node:${specifier}` : name, isFile: false, typeOnly };
  });
}

function circles(files: readonly File[]): Violation[] {
  const edges = new Map(files.map((file) => [file.path, targetsOf(file).filter((target) => target.isFile)]));
  const done = new Set<string>();
  const found: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0)
      found.push({ rule: 'circle', file: path, found: [...trail.slice(start), path].join(' → ') });
    if (start >= 0 || done.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target.name, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return found;
}

const ENVIRONMENT = [
  /\bprocess\s*\??\.\s*(?:env|loadEnvFile)\b/,
  /\bprocess\s*(?:\?\.)?\[/,
  /\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/,
];

const IMPURE = [
  /\bDate\s*\.\s*now\b/,
  /\bnew\s+Date\b\s*(?:\(\s*\)|(?!\s*\())/,
  /(?<!\bnew\s+)(?<![.\w])Date\s*\(/,
  /\bTemporal\s*\.\s*Now\b/,
  /\bperformance\b/,
  /\bMath\s*\.\s*random\b/,
  /\bcrypto\b/,
  /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
  /(?<![.\w])process\b\s*[.?[]/,
  /(?<![.\w])fetch\s*\(/,
];

function uses(file: File, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => pattern.exec(file.code)?.[0] ?? []);
}

function within(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}
