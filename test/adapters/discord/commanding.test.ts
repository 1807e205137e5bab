// `/nps` and the command on a message: what was chosen is what people type elsewhere, and only whoever used it reads what came of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerCommands } from '../../../adapters/discord/register.ts';
import { eventually } from '../../support/eventually.ts';
import { done, gate, type Stage, sentence, stage, TRANSPORTS } from './receiving.ts';

const ASK = 'Ask for feedback';

describe.each(TRANSPORTS)('given registered commands, over %s', (transport) => {
  let at: Stage;
  beforeEach(async () => {
    at = await stage({ transport });
    const { discord } = at;
    const options = {
      apiUrl: discord.apiUrl,
      token: discord.token,
      applicationId: discord.applicationId,
      publicKey: null,
    };
    await registerCommands({ options, now: Date.now }, at.acme.id);
    at.events.length = 0;
  });
  afterEach(async () => {
    expect(at.discord.violations).toEqual([]);
    await at.close();
  });

  it('when one is used, then it comes as typed and only its user reads the reply', async () => {
    at.handle = async () => done(sentence('not for all'), sentence('Ann was asked'));
    const outcome = await at.bob.command(at.help, 'nps ask', { survey: 'ces', person: at.ann });
    expect([outcome.kind, outcome.ephemeral]).toEqual(['message', true]);
    expect(at.discord.readable(outcome.reply!)).toContain('Ann was asked');
    expect(at.events).toMatchObject([
      {
        kind: 'command',
        eventId: outcome.interaction.id,
        text: `ask <@${at.ann.id}> ces`,
        place: { installation: at.acme.id, channel: at.help.id, thread: null },
        by: { identity: { externalId: at.bob.id }, profile: { isTeam: true, name: 'bob' } },
        locale: 'en-US',
      },
    ]);
  });

  it('when it takes long, then it says that it thinks, and then what came of it', async () => {
    const { opened, open } = gate();
    at.handle = async () => {
      await opened;
      return done(null, sentence('Here it is'));
    };
    const outcome = await at.bob.command(at.help, 'nps summary');
    expect([outcome.kind, outcome.ephemeral]).toEqual(['deferred', true]);
    open();
    await eventually(
      'the reply',
      () => outcome.reply && at.discord.readable(outcome.reply).includes('Here it is'),
    );
  });

  it('when nothing comes of it, then nothing stays', async () => {
    at.handle = async () => ({ kind: 'ignored', reason: 'workspace_uninstalled' });
    const outcome = await at.bob.command(at.help, 'nps help');
    expect(outcome.ok).toBe(true);
    await eventually('nothing', () => at.bob.ephemerals(at.help).length === 0 && !outcome.reply);
  });

  it('when somebody else had it before, then they answer it', async () => {
    at.handle = async () => ({ kind: 'ignored', reason: 'duplicate' });
    void at.bob.command(at.help, 'nps help');
    await eventually('it is handled', () => at.events.length === 1);
    expect(at.discord.called('POST /interactions/{interaction_id}/{interaction_token}/callback')).toEqual([]);
  });

  it('when a zone is typed, then zones are offered', async () => {
    const outcome = await at.bob.autocomplete(at.help, 'nps setting zone', 'zone', { zone: 'berl' });
    expect(outcome.choices).toEqual([{ name: 'Europe/Berlin', value: 'Europe/Berlin' }]);
  });

  it.each(['the customer', 'the team'])(
    'when it is used on a message of %s in a thread, then the customer is meant',
    async (whose) => {
      const thread = at.ann.startThread(at.help, 'It does not work');
      const writer = whose === 'the team' ? at.bob : at.ann;
      const message = writer.post(thread, 'Hello');
      await eventually('it was heard', () => at.of('message').length === 1);
      at.handle = async () => done(sentence('not for all'), sentence('Ann will be asked'));
      const outcome = await at.bob.messageCommand(message, ASK);
      expect([outcome.kind, outcome.ephemeral]).toEqual(['message', true]);
      expect(at.of('interaction_closed')[0]).toMatchObject({
        triggeredBy: { identity: { externalId: at.bob.id }, profile: { isTeam: true } },
        interaction: {
          externalId: `${thread.id}:asked:${outcome.interaction.id}`,
          place: { channel: at.help.id, thread: thread.id },
          person: { externalId: at.ann.id },
          agent: at.bob.id,
          closedBy: 'person',
        },
      });
    },
  );

  it('when it is used on a message outside of threads, then its writer is meant', async () => {
    await at.bob.messageCommand(at.ann.post(at.help, 'It does not work'), ASK);
    expect(at.of('interaction_closed')[0]!.interaction).toMatchObject({
      place: { channel: at.help.id, thread: null },
      person: { externalId: at.ann.id },
    });
  });
});
