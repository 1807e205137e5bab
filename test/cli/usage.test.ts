import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import { cli } from '../support/cli.ts';

const COMMANDS = [
  'backup',
  'restore',
  'tallies',
  'tallies check',
  'tallies rebuild',
  'start',
  'migrate',
  'demo',
  'import',
  'export',
  'report',
  'digest',
  'classify',
  'reclassify',
  'theme',
  'theme list',
  'theme add',
  'theme remove',
  'survey',
  'survey list',
  'survey set',
  'apikey',
  'apikey create',
  'apikey list',
  'apikey revoke',
  'person',
  'person show',
  'person export',
  'person link',
  'person unlink',
  'forget',
  'audit',
  'account',
  'account list',
  'account set',
  'workspace',
  'workspace list',
  'workspace set',
  'tallies',
  'tallies check',
  'tallies rebuild',
  'discord',
  'discord register',
  'doctor',
];

describe('the command line', () => {
  it.each(['', ...COMMANDS])(
    'given "%s --help", then it tells how it is used, with an example',
    async (command) => {
      const ran = await cli([...command.split(' ').filter(Boolean), '--help']);
      expect(ran.code).toBe(0);
      expect(ran.stderr).toBe('');
      expect(ran.stdout).toContain(`Usage: afterword ${command}`.trimEnd());
      expect(ran.stdout).toMatch(/Examples?:\n {2}\$ .*afterword/);
    },
  );

  it('has no command that this list forgets', async () => {
    const { stdout } = await cli(['--help']);
    const listed = [...(/Commands:\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(
      ([, name]) => name,
    );
    expect(new Set(listed)).toEqual(new Set([...COMMANDS.filter((name) => !name.includes(' ')), 'help']));
  });

  it('given --version, then the version of the package', async () => {
    expect(await cli(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it.each([
    ['no command', []],
    ['a command that there is not', ['frobnicate']],
    ['half a command', ['survey']],
    ['an option that there is not', ['report', '--frobnicate']],
    ['a missing argument', ['import']],
    ['one argument too many', ['import', 'a.csv', 'b.csv']],
    ['a survey that there is not', ['report', '--survey', 'stars']],
    ['a zone that there is not', ['report', '--timezone', 'Mars/Olympus']],
    ['a role that there is not', ['start', '--role', 'king']],
    ['a seed that is no number', ['demo', '--seed', 'x']],
    ['a field that there is not', ['import', 'a.csv', '--map', 'stars=a']],
    ['nothing to set', ['survey', 'set', 'nps']],
    ['an unknown survey to set', ['survey', 'set', 'stars', '--on']],
    ['on and off', ['survey', 'set', 'nps', '--on', '--off']],
    ['a question without a language', ['survey', 'set', 'nps', '--question', 'How?']],
    ['a language that is none', ['classify', '--locale', 'x!']],
    ['two periods', ['digest', '--preview', '--from', '2026-01-01']],
    ['a short identity', ['person', 'unlink', 'U1']],
  ])('given %s, then it is wrong use: exit code 2, said on standard error only', async (_, args) => {
    const ran = await cli(args);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).not.toBe('');
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });

  it('given a configuration that cannot be read, then it fails, naming the variable, its value and the remedy', async () => {
    const ran = await cli(['report'], { environment: { PORT: 'many', LOG_LEVEL: 'loud' } });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/PORT is "many".*\n.*LOG_LEVEL is "loud"[\s\S]*→/);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });

  it('given a file that is not there, then it fails without a stack trace, before anything is opened', async () => {
    const ran = await cli(['import', '/nowhere/answers.csv']);
    expect(ran).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^afterword: \/nowhere\/answers\.csv cannot be read \(ENOENT\)\n {2}→ .*\n$/,
      ),
    });
  });

  it('given a reader that has gone, then it ends quietly', async () => {
    const errors: string[] = [];
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    const lines = '{"text":"fine"}\n'.repeat(50_000);
    const code = await runCli(['classify'], {
      stdin: Readable.from(Array.from({ length: 10 }, () => Buffer.from(lines))),
      stdout,
      stderr: new Writable({
        write(chunk, _, done) {
          errors.push(String(chunk));
          done();
        },
      }),
      environment: () => ({}),
      directory: '/',
    });
    expect(code).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe('afterword doctor', () => {
  it('given a half-configured platform and a database that is not there, then it names both, with remedies', async () => {
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      DATABASE_URL: 'postgres://127.0.0.1:9/nothing',
      AFTERWORD_DATA_DIR: '/nowhere',
    };
    const { code, stdout } = await cli(['doctor', '--json'], { environment });
    expect(code).toBe(1);
    const { ok, checks } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(checks).toContainEqual({
      name: 'slack',
      status: 'wrong',
      detail: expect.stringContaining('SLACK_SIGNING_SECRET is not set'),
      remedy: expect.any(String),
    });
    expect(checks).toContainEqual({
      name: 'store',
      status: 'wrong',
      detail: expect.any(String),
      remedy: expect.any(String),
    });
  });
});
