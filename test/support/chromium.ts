// A real Chromium out of an npm package, for browser tests on a machine that has nothing else: neither a browser nor its libraries nor fonts.
// It is unpacked once, into node_modules/.cache, with the libraries (NSS and the like) that it needs and with fonts of our own, so that every
// machine lays a page out alike.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** Why there is no Chromium here; null where there is. */
export const NO_CHROMIUM: string | null =
  process.platform === 'linux' && process.arch === 'x64'
    ? null
    : `the packaged Chromium is for linux x64, this is ${process.platform} ${process.arch}`;

export async function launchChromium(): Promise<Browser> {
  const home = unpacked();
  return await chromium.launch({
    executablePath: join(home, 'chromium'),
    args: ARGUMENTS,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  });
}

/** The folder with the browser; made under another name and then moved, so that processes that start together each find it whole or not at all. */
function unpacked(): string {
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string };
  const home = join(ROOT, 'node_modules/.cache', `chromium-${version}`);
  if (existsSync(home)) return home;
  const draft = `${home}.${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  try {
    // The package unpacks to the temporary folder, and its libraries only where it believes to be on Amazon's Linux.
    const program = join(ROOT, 'test/fixtures/unpack-chromium.ts');
    const run = spawnSync(process.execPath, ['--import', 'tsx', program], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(`Chromium could not be unpacked: ${run.stderr}`);
    writeFileSync(join(draft, 'fonts.conf'), fontConfiguration(home));
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was quicker.
    if (!existsSync(home)) throw error;
  }
  return home;
}

function fontConfiguration(home: string): string {
  const family = (generic: string) =>
    `<alias binding="strong"><family>${generic}</family><prefer><family>Open Sans</family><family>Afterword Sans SC</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${join(home, 'fonts')}</dir>
<dir>${join(ROOT, 'adapters/chart/fonts')}</dir>
<cachedir>${join(home, 'fonts-cache')}</cachedir>
${['system-ui', 'sans-serif', 'serif', 'monospace'].map(family).join('\n')}
</fontconfig>
`;
}
