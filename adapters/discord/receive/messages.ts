// Who speaks: in threads, where it says whose conversation it is and that it goes on; directly to the bot, where it may be an answer. And what we
// ourselves posted, which is how a message is found whose sending nobody answered.
import { type Duration, HOUR, type Instant, SECOND } from '../../../src/domain/basics.ts';
import type { InboundOutcome } from '../../../src/ports/platform.ts';
import { createMemory } from '../../shared/memory.ts';
import { createRecent } from '../../shared/recent.ts';
import type { Context } from '../inbound/context.ts';
import { instantOf } from '../inbound/fields.ts';
import { type Echo, echoed, type Speech, serverOf, spoken } from '../inbound/message.ts';
import type { Intake } from './intake.ts';
import type { Turns } from './turns.ts';
import type { Watch } from './watch.ts';

export interface Messages {
  came(message: Speech | Echo, at: Instant): void;
}

/** A busy thread waits for nobody. */
const GLANCING: Duration = 0.2 * SECOND;
const LOOKING: Duration = 2 * SECOND;
const MOST_READ = 30;

export function createMessages(
  intake: Intake,
  watch: Watch,
  turns: Turns,
  self: () => string | null,
): Messages {
  const { parts, people, api, show, background } = intake;
  const seen = createRecent(20_000);
  /** Whose server a direct conversation is about: that of our newest message in it. */
  const servers = createMemory<string>({
    now: parts.now,
    most: 20_000,
    keptFor: 24 * HOUR,
    nullFor: 5 * SECOND,
  });

  const serverOfDirect = async (channel: string) =>
    await servers.get(channel, async () => {
      const bot = self();
      if (bot === null) return null;
      const called = await api.call('GET', `/channels/${channel}/messages`, {
        query: { limit: String(MOST_READ) },
        timeout: LOOKING,
        idempotent: true,
      });
      return called.kind === 'ok' ? serverOf(called.body, bot) : null;
    });

  const onEcho = async (echo: Echo, at: Instant) => {
    const installation = echo.guild ?? (await serverOfDirect(echo.channel));
    if (installation === null || echo.key === null) return;
    await intake.handSurely(echoed(echo, echo.key, { installation, receivedAt: at }));
  };

  const onDirect = async (speech: Speech, at: Instant) => {
    const installation = await serverOfDirect(speech.channel);
    if (installation === null) return;
    const context: Context = { installation, receivedAt: at };
    const event = spoken(speech, { channel: null, thread: null }, speech.who.profile, context);
    const view = replyOf(await intake.handSurely(event));
    if (view) background.run(() => show.say(installation, speech.channel, view, `re${speech.message}`));
  };

  const onThread = async (speech: Speech & { readonly guild: string }, at: Instant) => {
    const { guild, channel: thread, message, who } = speech;
    const channel = watch.thread(thread)?.channel ?? (await intake.parentOf(thread));
    if (channel === null) return;
    const utterance = { channel, thread, message, author: who.id, at: instantOf(message) };
    await parts.conversations.note(guild, utterance).catch((error: unknown) => {
      parts.log.warn({ guild, thread, error: String(error).slice(0, 300) }, 'who spoke could not be noted');
    });
    const context: Context = { installation: guild, receivedAt: at };
    const where = await people.locate(guild).catch(() => ({ installation: guild, desk: null }));
    const profile = await people.actor(where, who, GLANCING);
    // What came of it would be seen by everybody here: the question's own message says it.
    await intake.handSurely(spoken(speech, { channel, thread }, profile, context));
  };

  return {
    came(message, at) {
      const { channel } = message;
      if (message.kind === 'echo') {
        watch.weDid(channel, instantOf(message.message));
        if (message.guild !== null) {
          const { guild } = message;
          servers.forget(channel);
          void servers.get(channel, async () => guild);
        }
        return void turns.run(channel, () => onEcho(message, at));
      }
      if (!seen.add(message.message)) return;
      const { guild } = message;
      if (guild === null) return void turns.run(channel, () => onDirect(message, at));
      if (!message.inThread && watch.thread(channel) === null) return;
      watch.said(channel, instantOf(message.message));
      void turns.run(channel, () => onThread({ ...message, guild }, at));
    },
  };
}

function replyOf(outcome: InboundOutcome) {
  return outcome.kind === 'ignored' ? null : outcome.reply;
}
