// Interactions as discord.js answers them: each once, in time, by update, reply, deferral or modal.

import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Example, example, quiet } from './discord/example.ts';
import type { Channel, FakeDiscord, Guild, Message, Person } from './discord/index.ts';

let world: Example;
let discord: FakeDiscord;
let acme: Guild;
let ann: Person;
let ben: Person;
let help: Channel;
let client: Client<true>;

const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder({ customId: 'score:9', label: '9', style: ButtonStyle.Secondary }),
  new ButtonBuilder({ customId: 'words', label: 'Add words', style: ButtonStyle.Primary }),
);

const question = (): ModalBuilder =>
  new ModalBuilder({ customId: 'words', title: 'Add words' }).addLabelComponents(
    new LabelBuilder().setLabel('What made you say that?').setTextInputComponent(
      new TextInputBuilder({
        customId: 'text',
        style: TextInputStyle.Paragraph,
        required: true,
        maxLength: 1000,
      }),
    ),
  );

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

async function prompt(channel = help): Promise<Message> {
  const target = await client.channels.fetch(channel.id);
  if (!target?.isSendable()) throw new Error('not sendable');
  await target.send({ content: 'How likely?', components: [buttons] });
  return discord.messages(channel).at(-1)!;
}

const on = (heard: (interaction: Interaction) => Promise<unknown>): void => {
  client.on(Events.InteractionCreate, (interaction) => {
    heard(interaction).catch(() => undefined);
  });
};

describe('a button', () => {
  it('updates its message, which opens a modal, whose words are taken', async () => {
    const said: string[] = [];
    on(async (interaction) => {
      if (interaction.isButton() && interaction.customId === 'words') await interaction.showModal(question());
      else if (interaction.isButton())
        await interaction.update({ content: 'Thank you', components: [buttons] });
      else if (interaction.isModalSubmit()) {
        said.push(interaction.fields.getTextInputValue('text'));
        await interaction.reply({ content: 'Noted', flags: MessageFlags.Ephemeral });
      }
    });
    const message = await prompt();
    const pressed = await ben.press(message, '9');
    expect(pressed).toMatchObject({ ok: true, kind: 'update', trouble: null, reply: message });
    expect(pressed.ms).toBeLessThan(1000);
    expect(discord.readable(message)).toBe('Thank you\n[9] [Add words]');
    expect(await ben.press(message, 'Add words')).toMatchObject({ kind: 'modal' });
    expect(discord.readable(ben.modal!)).toBe('Add words\nWhat made you say that?\n[]');
    await expect(ben.submitModal({ text: 'x'.repeat(1001) })).rejects.toThrow('too long');
    await expect(ben.submitModal({})).rejects.toThrow('required');
    const submitted = await ben.submitModal({ text: '<@123> wonderful' });
    expect(submitted).toMatchObject({ kind: 'message', ephemeral: true });
    expect(said).toEqual(['<@123> wonderful']);
    expect(ben.modal).toBeNull();
    expect(ben.ephemerals(help).map((each) => each.content)).toEqual(['Noted']);
    expect(ann.ephemerals()).toEqual([]);
    expect(discord.messages(help)).toEqual([message]);
    expect(discord.violations).toEqual([]);
  });

  it('fails in front of the person when nobody answers, and an answer after that is unknown', async () => {
    await world.close();
    await begin({ ackWithin: 150 });
    const codes: unknown[] = [];
    on(async (interaction) => {
      if (!interaction.isButton()) return;
      await new Promise((resolve) => setTimeout(resolve, 300));
      codes.push(await codeOf(interaction.deferUpdate()));
    });
    const outcome = await ben.press(await prompt(), '9');
    expect(outcome).toMatchObject({ ok: false, kind: null, ms: null, trouble: 'This interaction failed' });
    await expect.poll(() => codes).toEqual([10062]);
  });

  it('is answered once, however often it is told', async () => {
    const codes: unknown[] = [];
    on(async (interaction) => {
      if (interaction.isButton()) codes.push(await codeOf(interaction.deferUpdate()));
    });
    discord.mischief.events({ duplicate: 1, only: ['INTERACTION_CREATE'] });
    const message = await prompt();
    expect(await ben.press(message, '9')).toMatchObject({ kind: 'deferred_update' });
    await expect.poll(() => [...codes].sort()).toEqual([40060, 'ok']);
  });

  it('in a locked thread is answered to moderators alone', async () => {
    const codes: unknown[] = [];
    on(async (interaction) => {
      if (interaction.isButton()) codes.push(await codeOf(interaction.update({ content: 'Thank you' })));
    });
    const thread = ben.startThread(help, 'it broke');
    const message = await prompt(thread);
    const moderator = acme.member('mod', { roles: [acme.role('mods', ['MANAGE_THREADS'])] });
    moderator.archive(thread);
    expect(await ben.press(message, '9')).toMatchObject({ ok: true });
    expect(thread.thread?.archived).toBe(false);
    moderator.closeThread(thread);
    const refused = ben.press(message, '9');
    await expect.poll(() => codes).toEqual(['ok', 50083]);
    discord.interactions.stop();
    refused.catch(() => undefined);
  });
});

describe('what comes after the answer', () => {
  it('fills the thinking, edits it, follows up, for a quarter of an hour', async () => {
    let kept: Interaction | null = null;
    on(async (interaction) => {
      kept = interaction;
      if (!interaction.isButton()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    });
    const outcome = await ben.press(await prompt(), '9');
    expect(outcome).toMatchObject({ kind: 'deferred', loading: true, ephemeral: true, reply: null });
    const interaction = kept as unknown as Interaction;
    if (!interaction.isButton()) throw new Error('no button');
    await expect.poll(() => interaction.deferred).toBe(true);
    await interaction.editReply({ content: 'one' });
    await interaction.editReply({ content: 'two' });
    await interaction.followUp({ content: 'three', flags: MessageFlags.Ephemeral });
    expect(outcome).toMatchObject({
      loading: false,
      ephemeral: true,
      reply: { content: 'two', ephemeralTo: ben.id, versions: [{ content: 'one' }] },
    });
    expect(outcome.followups).toMatchObject([{ content: 'three', ephemeralTo: ben.id }]);
    expect(outcome.calls).toHaveLength(4);
    discord.advance(15 * 60_000 + 1);
    expect(await codeOf(interaction.editReply({ content: 'late' }))).toBe(50027);
    expect(discord.violations).toEqual([]);
  });

  it('is not there before the answer', async () => {
    const codes: unknown[] = [];
    on(async (interaction) => {
      if (!interaction.isButton()) return;
      const hook = Routes.webhook(discord.applicationId, interaction.token);
      codes.push(await codeOf(world.rest.post(hook, { body: { content: 'x', ...quiet }, auth: false })));
      await interaction.deferUpdate();
    });
    await ben.press(await prompt(), '9');
    expect(codes).toEqual([10015]);
  });
});

describe('direct messages', () => {
  it('have buttons too, and what is written there is heard with its words', async () => {
    client = await world.connect([GatewayIntentBits.DirectMessages], { partials: [] });
    on(async (interaction) => {
      if (interaction.isButton())
        await interaction.update({ content: `thank you, ${interaction.user.username}` });
    });
    await client.users.send(ben.id, { content: 'How likely?', components: [buttons] });
    const [message] = discord.directs(ben);
    expect(await ben.press(message!, '9')).toMatchObject({ kind: 'update' });
    expect(message!.content).toBe('thank you, ben');
    const heard = new Promise<string>((resolve) =>
      client.on(
        Events.Raw,
        (each: { t: string; d: { content: string } }) =>
          each.t === 'MESSAGE_CREATE' && resolve(each.d.content),
      ),
    );
    ben.direct('because it was quick');
    expect(await heard).toBe('because it was quick');
  });
});
