// The commands, registered with the fake by its own strict rules: what is offered to whom, in which words, and only when something changed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFINITIONS } from '../../../adapters/discord/commands/index.ts';
import { readCommand } from '../../../adapters/discord/inbound/command.ts';
import { inviteLink } from '../../../adapters/discord/permissions.ts';
import { registerCommands } from '../../../adapters/discord/register.ts';
import { parseCommand } from '../../../src/domain/command/grammar.ts';
import { type FakeDiscord, startFakeDiscord } from '../../fakes/discord/index.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord({ rates: false });
});
afterEach(async () => {
  await discord.close();
  expect(discord.violations).toEqual([]);
});

const LANGUAGES = ['de', 'es-419', 'es-ES', 'fr', 'ja', 'pt-BR', 'zh-CN', 'zh-TW'];

const register = (guild: string | null = null, token = discord.token) =>
  registerCommands(
    {
      options: { apiUrl: discord.apiUrl, token, applicationId: discord.applicationId, publicKey: null },
      now: Date.now,
    },
    guild,
  );
const replaced = () => discord.calls.filter((call) => call.method === 'PUT').length;

describe('registering', () => {
  it('given none, when they are registered, then they are there, and registering them again changes nothing', async () => {
    expect(await register()).toEqual({
      changed: true,
      names: ['nps', 'Ask for feedback'],
      invite: inviteLink(discord.applicationId),
    });
    expect(discord.registered().map(({ name }) => name)).toEqual(['nps', 'Ask for feedback']);
    expect((await register()).changed).toBe(false);
    expect(replaced()).toBe(1);
  });

  it('given one was changed or added elsewhere, when they are registered, then they are put right', async () => {
    await register();
    const [nps] = discord.registered();
    discord.commands.change(nps!, { ...nps!.body, description: 'Something else' });
    expect((await register()).changed).toBe(true);
    discord.commands.put(null, { name: 'old', description: 'from before', type: 1 });
    expect((await register()).changed).toBe(true);
    expect(discord.registered()).toHaveLength(2);
    expect((await register()).changed).toBe(false);
  });

  it('given one server, when they are registered there, then they are there and nowhere else', async () => {
    const acme = discord.guild('Acme');
    await register(acme.id);
    expect(discord.registered(acme)).toHaveLength(2);
    expect(discord.registered()).toEqual([]);
    expect((await register(acme.id)).changed).toBe(false);
  });

  it('given a server without the bot, what is no server, or a wrong token, when it is refused, then the error says what to do', async () => {
    const elsewhere = discord.guild('Elsewhere', { without: true });
    await expect(register(elsewhere.id)).rejects.toMatchObject({
      kind: 'forbidden',
      remedy: expect.stringContaining('invite the bot'),
    });
    await expect(register('Acme')).rejects.toMatchObject({ kind: 'invalid' });
    const refused = await register(null, 'not-the-token').catch((error: unknown) => error);
    expect(refused).toMatchObject({ remedy: expect.stringContaining('DISCORD_TOKEN') });
    expect(JSON.stringify(refused)).not.toContain('not-the-token');
  });

  it('given an answer is lost, when they are registered, then they are all the same', async () => {
    discord.mischief.next('PUT /applications/{application_id}/commands', { kind: 'drop_after' });
    expect((await register()).changed).toBe(true);
    expect(discord.registered()).toHaveLength(2);
  });
});

describe('what people find', () => {
  it('given languages, when they look, then commands, options and choices are in theirs', async () => {
    await register();
    const nps = discord.registered()[0]!.body as unknown as {
      options: { name: string; name_localizations: Record<string, string>; options?: unknown[] }[];
    };
    expect(nps.options.map((one) => one.name)).toEqual([
      ...['summary', 'trend', 'themes', 'comments', 'agent', 'account', 'why', 'ask', 'digest'],
      ...['open', 'claim', 'close', 'settings', 'setting', 'export', 'pause', 'resume'],
      ...['language', 'connect', 'person', 'optout', 'optin', 'forget', 'help'],
    ]);
    expect(nps.options.map((one) => one.name_localizations['zh-CN'])).toEqual([
      ...['汇总', '趋势', '主题', '评论', '客服', '客户', '原因', '询问', '周报'],
      ...['待办', '认领', '结案', '设置', '设置项', '导出', '暂停', '恢复'],
      ...['语言', '连接', '合并', '退订', '恢复询问', '忘记', '帮助'],
    ]);
  });

  it('given any of seven languages, when they look, then every description and choice is in it, and fits', () => {
    const read = (value: unknown): readonly (readonly [string, object])[] => {
      if (typeof value !== 'object' || value === null) return [];
      const one = value as Readonly<Record<string, unknown>>;
      const said = (field: 'name' | 'description') =>
        typeof one[field] === 'string'
          ? [[one[field], one[`${field}_localizations`] as object] as const]
          : [];
      // What is typed, a command or an option, goes by its English name; a choice and the menu's entry are read.
      const isRead = 'value' in one || (one['type'] === 3 && !('description' in one));
      return [
        ...(isRead ? said('name') : []),
        ...said('description'),
        ...Object.values(one).flatMap((inner) => (Array.isArray(inner) ? inner.flatMap(read) : [])),
      ];
    };
    const all = DEFINITIONS.flatMap(read);
    expect(all.length).toBeGreaterThan(50);
    for (const [english, localizations] of all) {
      const words = Object.entries(localizations) as [string, string][];
      expect(words.map(([tag]) => tag).sort(), english).toEqual(LANGUAGES);
      for (const [tag, text] of words) {
        expect(text.length, `${tag}: ${text}`).toBeLessThanOrEqual(100);
        if (tag === 'fr') expect(text.replace('09:00', '')).not.toMatch(/[^\u00A0][;:?!»]/u);
      }
    }
  });

  it('given each of seven languages, when they look, then every name, option and choice is in theirs, and fits', async () => {
    const nps = DEFINITIONS[0] as unknown as Named;
    const all = namesIn(nps);
    expect(all.length).toBeGreaterThan(100);
    for (const tag of ['zh-CN', 'zh-TW', 'es-ES', 'es-419', 'de', 'fr', 'ja', 'pt-BR']) {
      for (const one of all.filter(({ name_localizations }) => name_localizations !== undefined)) {
        const name = one.name_localizations![tag]!;
        if (one.value === undefined) expect(name, `${tag} ${one.name}`).toMatch(/^[-_\p{L}\p{N}]{1,32}$/u);
        expect(name.length, name).toBeLessThanOrEqual(100);
        expect(one.description_localizations?.[tag]?.length ?? 1, name).toBeLessThanOrEqual(100);
      }
      const namesOf = (options: readonly Named[] = []) =>
        options.map((one) => one.name_localizations?.[tag] ?? one.name);
      for (const one of [nps, ...all])
        expect(new Set(namesOf(one.options)).size).toBe(namesOf(one.options).length);
    }
  });

  it('given a customer and a moderator, when they look, then anybody may opt out and the menu is for moderators', async () => {
    await register();
    const acme = discord.guild('Acme');
    const help = acme.channel('help');
    const mods = acme.role('mods', ['MANAGE_MESSAGES']);
    expect(acme.member('ann').commands(help)).toEqual(['nps']);
    expect(acme.member('bob', { roles: [mods] }).commands(help)).toEqual(['nps', 'Ask for feedback']);
    expect(acme.member('wei', { roles: [mods], locale: 'zh-CN' }).commands(help)).toEqual([
      'nps',
      '请求反馈',
    ]);
    const ann = discord.stranger('eve');
    expect(ann.commands(ann.directChannel())).toEqual([]);
  });
});

describe('what is sent back', () => {
  /** Every way to fill a subcommand in: nothing but what is required, and everything. */
  const cases = waysOf(DEFINITIONS[0] as unknown as Option, []);

  it('given any subcommand, filled in, when it is read, then the one grammar understands it', () => {
    expect(cases.length).toBeGreaterThan(20);
    for (const data of cases) {
      const text = readCommand({ name: 'nps', options: [data] });
      const parsed = parseCommand(text ?? '');
      // Nobody was named: then the usage is shown.
      if (text !== 'why') expect({ text, kind: parsed.kind }).toEqual({ text, kind: 'command' });
    }
  });

  it('given what was chosen, when it is read, then it is what was meant', () => {
    const read = (...options: unknown[]) =>
      parseCommand(readCommand({ name: 'nps', options: options as never }) ?? '');
    const set = (name: string, type: number, value: string) => ({
      name: 'setting',
      type: 2,
      options: [{ name, type: 1, options: [{ name: 'value', type, value }] }],
    });
    expect(read(set('team', 8, '123456789012345678'))).toMatchObject({
      command: { kind: 'settings', change: { name: 'team', value: '123456789012345678' } },
    });
    expect(read(set('reaction', 3, '✅'))).toMatchObject({
      command: { kind: 'settings', change: { name: 'reaction', value: '✅' } },
    });
    expect(read({ name: 'settings', type: 1 })).toMatchObject({
      command: { kind: 'settings', change: null },
    });
  });
});

interface Named {
  readonly name: string;
  readonly value?: unknown;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly Named[];
  readonly choices?: readonly Named[];
}

function namesIn({ options = [], choices = [] }: Named): readonly Named[] {
  return [...options, ...choices].flatMap((one) => [one, ...namesIn(one)]);
}

interface Option {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly choices?: readonly { readonly value: string }[];
  readonly options?: readonly Option[];
}

const VALUES: Readonly<Record<string, unknown>> = {
  zone: 'Europe/Berlin',
  time: '09:00',
  code: '7K2M9QXW4R',
  period: 'last month',
  other: 'cust-17',
};

function filledIn({ name, type, choices }: Option): unknown {
  const value = choices?.at(-1)?.value ?? VALUES[name] ?? (type === 4 ? 12 : '123456789012345678');
  return { name, type, value: name === 'when' ? 'weekly' : value };
}

function waysOf({ options = [] }: Option, path: readonly string[]): unknown[] {
  return options.flatMap((option): unknown[] => {
    const { name, type } = option;
    if (type === 2) return waysOf(option, [...path, name]).map((inner) => ({ name, type, options: [inner] }));
    const inner = option.options ?? [];
    const required = inner.filter((one) => one.required === true);
    return [
      required,
      inner.filter((one) => one.name !== 'name' && one.name !== 'code'),
      inner.filter((one) => one.required === true || (one.name !== 'person' && one.name !== 'other')),
    ].map((some) => ({ name, type, options: some.map(filledIn) }));
  });
}
