// Commands as they are registered, offered, completed and run; and interactions that come over HTTP.
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type Client,
  Events,
  type Interaction,
  MessageFlags,
  Routes,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Example, example } from './discord/example.ts';
import type { Channel, FakeDiscord, Guild, Person } from './discord/index.ts';

let world: Example;
let discord: FakeDiscord;
let acme: Guild;
let ann: Person;
let ben: Person;
let help: Channel;
let client: Client<true>;

async function begin(options = {}): Promise<void> {
  world = await example({ rates: false, ...options });
  ({ discord } = world);
  acme = discord.guild('Acme');
  ann = acme.member('ann', { roles: [acme.role('support', ['MANAGE_GUILD'])] });
  ben = acme.member('ben', { locale: 'zh-CN' });
  help = acme.channel('help');
  client = await world.connect();
}

beforeEach(() => begin());
afterEach(() => world.close());

const on = (heard: (interaction: Interaction) => Promise<unknown>): void => {
  client.on(Events.InteractionCreate, (interaction) => {
    heard(interaction).catch(() => undefined);
  });
};

describe('commands', () => {
  const ask = {
    name: 'nps',
    description: 'Feedback',
    description_localizations: { 'zh-CN': '反馈' },
    name_localizations: { 'zh-CN': '评分' },
    contexts: [0],
    default_member_permissions: '32',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'ask',
        description: 'Ask somebody',
        options: [
          { type: ApplicationCommandOptionType.User, name: 'who', description: 'Whom', required: true },
          {
            type: ApplicationCommandOptionType.String,
            name: 'about',
            description: 'What',
            autocomplete: true,
          },
        ],
      },
    ],
  };
  const menu = { name: 'Ask for feedback', type: ApplicationCommandType.Message };

  it('are registered, offered to those who may, completed and run', async () => {
    on(async (interaction) => {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        await interaction.respond([{ name: `${typed}cels`, value: 'parcels' }]);
      } else if (interaction.isChatInputCommand()) {
        const who = interaction.options.getUser('who', true);
        await interaction.reply({
          content: `${interaction.options.getSubcommand()} ${who.username} ${interaction.options.getString('about')}`,
        });
      } else if (interaction.isMessageContextMenuCommand())
        await interaction.reply({
          content: interaction.targetMessage.content,
          flags: MessageFlags.Ephemeral,
        });
    });
    await world.rest.put(Routes.applicationGuildCommands(discord.applicationId, acme.id), {
      body: [ask, menu],
    });
    expect((await client.application.commands.fetch({ guildId: acme.id })).size).toBe(2);
    expect(discord.registered(acme).map((each) => each.name)).toEqual(['nps', 'Ask for feedback']);
    expect(ann.commands(help)).toEqual(['nps', 'Ask for feedback']);
    expect(ben.commands(help)).toEqual(['Ask for feedback']);
    const offers = await ann.autocomplete(help, 'nps ask', 'about', { who: ben, about: 'par' });
    expect(offers.choices).toEqual([{ name: 'parcels', value: 'parcels' }]);
    const outcome = await ann.command(help, 'nps ask', { who: ben, about: 'parcels' });
    expect(outcome.reply?.content).toBe('ask ben parcels');
    await expect(async () => ann.command(help, 'nps ask', {})).rejects.toThrow('who is required');
    expect(() => ben.command(help, 'nps ask', { who: ann })).toThrow('offered no');
    const context = await ben.messageCommand(ann.post(help, 'thanks!'), 'Ask for feedback');
    expect(context).toMatchObject({ ephemeral: true, reply: { content: 'thanks!' } });
    expect(discord.violations).toEqual([]);
  });

  it('change in place, and keep what is not said with it out', async () => {
    const place = Routes.applicationGuildCommands(discord.applicationId, acme.id);
    type Shape = { id: string; version: string; name_localizations?: object }[];
    const put = (body: object[]): Promise<Shape> => world.rest.put(place, { body }) as Promise<Shape>;
    const [first] = await put([ask]);
    const [same] = await put([ask]);
    const [changed] = await put([{ ...ask, description: 'Other' }]);
    expect(same).toEqual(first);
    expect(changed?.id).toBe(first?.id);
    expect(changed?.version).not.toBe(first?.version);
    const [short] = (await world.rest.get(place)) as Shape;
    const [long] = (await world.rest.get(place, {
      query: new URLSearchParams({ with_localizations: 'true' }),
    })) as Shape;
    expect([short?.name_localizations, long?.name_localizations]).toEqual([undefined, { 'zh-CN': '评分' }]);
    expect(discord.commands.createdToday(acme.id)).toBe(1);
  });

  it.each([
    ['capitals in a name', { ...ask, name: 'NPS' }],
    ['a blank in a name', { ...ask, name: 'n ps' }],
    ['no description', { name: 'nps' }],
    ['an unknown language', { ...ask, name_localizations: { zh: '评分' } }],
    [
      '26 choices',
      {
        ...ask,
        options: [
          {
            type: 3,
            name: 'a',
            description: 'a',
            choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
          },
        ],
      },
    ],
    [
      'what is required after what is not',
      {
        ...ask,
        options: [
          { type: 3, name: 'a', description: 'a' },
          { type: 3, name: 'b', description: 'b', required: true },
        ],
      },
    ],
    [
      'a subcommand beside an option',
      { ...ask, options: [...ask.options, { type: 3, name: 'b', description: 'b' }] },
    ],
    ['a description in a menu', { ...menu, description: 'x' }],
    [
      '8,001 characters',
      {
        ...ask,
        options: Array.from({ length: 25 }, (_, n) => ({
          type: 3,
          name: `o${n}`,
          description: 'x'.repeat(100),
          choices: Array.from({ length: 3 }, (_each, m) => ({ name: `${m}`.repeat(100), value: `${m}` })),
        })),
      },
    ],
  ])('are refused with %s', async (_what, body) => {
    const place = Routes.applicationCommands(discord.applicationId);
    expect(await codeOf(world.rest.post(place, { body }))).toBe(50035);
  });

  it('are created 200 times a day', async () => {
    await world.close();
    await begin({ commandCreates: 2 });
    const place = Routes.applicationCommands(discord.applicationId);
    const create = (name: string): Promise<unknown> =>
      codeOf(world.rest.post(place, { body: { name, description: 'x' } }));
    expect([await create('a'), await create('b'), await create('a'), await create('c')]).toEqual([
      'ok',
      'ok',
      'ok',
      30034,
    ]);
    discord.advance(24 * 60 * 60_000);
    expect(await create('c')).toBe('ok');
  });
});

describe('over http', () => {
  it('interactions come signed, and the address is tried first', async () => {
    const key = createPublicKey({
      key: Buffer.concat([
        Buffer.from('302a300506032b6570032100', 'hex'),
        Buffer.from(discord.publicKey, 'hex'),
      ]),
      format: 'der',
      type: 'spki',
    });
    let strict = false;
    const server = createServer(async (incoming, outgoing) => {
      let body = '';
      for await (const part of incoming) body += String(part);
      const signature = Buffer.from(String(incoming.headers['x-signature-ed25519']), 'hex');
      const signed = verify(
        null,
        Buffer.from(`${incoming.headers['x-signature-timestamp']}${body}`),
        key,
        signature,
      );
      if (strict && !signed) return void outgoing.writeHead(401).end();
      const { type } = JSON.parse(body) as { type: number };
      outgoing
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ type: type === 1 ? 1 : 6 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await expect(discord.interactionsTo(url)).rejects.toThrow('wrong signature');
    strict = true;
    await discord.interactionsTo(url);
    const target = await client.channels.fetch(help.id);
    if (!target?.isSendable()) throw new Error('not sendable');
    await target.send({
      content: '?',
      components: [{ type: 1, components: [{ type: 2, style: 2, label: '9', customId: '9' }] }],
    });
    expect(await ben.press(discord.messages(help)[0]!, '9')).toMatchObject({ kind: 'deferred_update' });
    server.close();
  });
});
