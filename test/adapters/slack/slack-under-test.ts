// Slack's adapter against the strict fake, over HTTP or Socket Mode, on a test's store; and people who use it as its clients do.
import { randomUUID } from 'node:crypto';
import { startHttp } from '../../../adapters/http/index.ts';
import type { Database } from '../../../adapters/postgres/database.ts';
import { createSlack } from '../../../adapters/slack/index.ts';
import { BOT_SCOPES } from '../../../adapters/slack/scopes.ts';
import { type Action, encodeAction } from '../../../src/domain/command/action.ts';
import type { Desk } from '../../../src/ports/desk.ts';
import type { Destination, Inbound, InboundOutcome } from '../../../src/ports/platform.ts';
import type { View } from '../../../src/views/view.ts';
import type { Ack, PlatformUnderTest, Press, Shown } from '../../contracts/platform.ts';
import { type FakeSlack, type Message, type Person, startFakeSlack } from '../../fakes/slack/index.ts';
import { viewSubmission } from '../../fakes/slack/payloads.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { storeUnderTest } from '../postgres/store-under-test.ts';
import { CHARTS } from './charts.ts';

const MOST_TYPED = 3_000;

/** Each fake has ids of its own, and so budgets of its own in the one store. */
let seed = 0;

export type Transport = 'http' | 'socket';

export interface SlackUnderTest extends PlatformUnderTest {
  readonly slack: FakeSlack;
}

export async function slackUnderTest(database: Database, transport: Transport): Promise<SlackUnderTest> {
  seed += 1;
  const slack = await startFakeSlack({ seed });
  const team = slack.team('Acme');
  const bot = team.install({ scopes: BOT_SCOPES });
  const bob = team.user('bob');
  const group = team.group('support', [bob]);
  const alerts = team.channel('alerts', { members: [bob] });
  const { store } = storeUnderTest(database);
  const { log } = recordedLog();
  const conversations = store.conversations('slack');
  const desk: Desk = {
    workspaceId: randomUUID(),
    team: group.id,
    reaction: 'white_check_mark',
    locale: 'en',
  };
  const adapter = createSlack({
    options: {
      apiUrl: slack.apiUrl,
      transport:
        transport === 'http'
          ? { kind: 'http', signingSecret: slack.signingSecret }
          : { kind: 'socket', appToken: slack.appToken },
      botToken: bot.token,
      oauth: null,
      publicUrl: 'http://127.0.0.1',
    },
    deskOf: async (installation) => (installation === team.id ? desk : null),
    conversations,
    credentials: store.credentials('slack'),
    budget: store.budget,
    charts: CHARTS,
    now: Date.now,
    log,
  });
  const http = await startHttp({ host: '127.0.0.1', port: 0, mounts: adapter.mounts, log });
  if (transport === 'http') slack.overHttp(`http://127.0.0.1:${http.port}/slack/events`);
  else slack.overSocket();

  /** What the scene is set with is not what is tested. */
  let aside: Inbound | null = null;
  let outcome: InboundOutcome | null = null;
  const people = new Map<string, Person>();
  const roots = new Map<string, { readonly message: Message; readonly customer: string }>();

  const ignore: Inbound = async () => ({ kind: 'ignored', reason: 'the scene is being set' });
  const settingUp = async <T>(handler: Inbound, work: () => Promise<T>): Promise<T> => {
    aside = handler;
    try {
      return await work();
    } finally {
      aside = null;
    }
  };

  const placeOf = (where: Destination) => {
    if (where.kind === 'person') return people.get(where.externalId)!.direct()!;
    return slack.world.channel(where.channel);
  };
  const ours = (where: Destination): readonly Message[] =>
    slack
      .messages(placeOf(where))
      .filter((one) => one.bot_id === bot.botId)
      .filter((one) => where.kind !== 'thread' || one.thread_ts === where.thread);
  const shownOf = (message: Message): Shown => ({
    message: message.ts,
    text: slack.readable(message),
    actions: (message.blocks ?? []).flatMap((block) =>
      block.type === 'actions'
        ? (block['elements'] as { action_id: string }[]).map((element) => element.action_id)
        : [],
    ),
    alive: slack.alive(message).map((one) => one.raw),
  });

  let last: () => Promise<Ack> = async () => ({ taken: false, reply: null });
  /** Acts, and waits until what came of it is shown to them. */
  const acting = (by: Person, where: Destination, act: () => Promise<boolean>): Promise<Ack> => {
    last = async () => {
      outcome = null;
      const before = by.ephemerals().length;
      const taken = await act();
      const expected = replyIn(outcome);
      if (expected === null) return { taken, reply: null };
      const place = placeOf(where);
      await eventually('the reply to be shown', () => by.ephemerals(place).length > before);
      return { taken, reply: slack.readable(by.ephemerals(place).at(-1)!) };
    };
    return last();
  };
  /** An event, and whether its first delivery was taken. */
  const event = async (happen: () => void): Promise<boolean> => {
    const { length } = slack.events.made;
    happen();
    const envelope = slack.events.made[length]!;
    return await deliveredOnce(envelope.event_id);
  };
  const deliveredOnce = async (id: string): Promise<boolean> => {
    const delivered = () => slack.deliveries.filter((one) => one.id === id);
    const count = delivered().length;
    return (await eventually('a delivery', () => delivered()[count])).ack.ok;
  };
  const withAgain = (by: Person, where: Destination, happen: () => void): Promise<Ack> => {
    let first = true;
    return acting(by, where, async () => {
      if (first) {
        first = false;
        return await event(happen);
      }
      const envelope = slack.events.made.at(-1)!;
      slack.delivery.event(envelope);
      return await deliveredOnce(envelope.event_id);
    });
  };

  const press = ({ by, in: where, at, action, values }: Press): Promise<Ack> => {
    const person = by === null ? bob : people.get(by)!;
    const message = slack.world.message(slack.world.channel(at.channel), at.message)!;
    const copy = withButton(message, action);
    let payload: Record<string, unknown> | null = null;
    return acting(person, where, async () => {
      if (payload !== null) return (await slack.delivery.act('interactive', payload)).ok;
      if (values) {
        // A form opens where a button's outcome is one.
        const opening: Inbound = async () => ({
          kind: 'done',
          shared: null,
          reply: formFor(action, values),
          subject: null,
        });
        await settingUp(opening, () => person.press(copy, encodeAction(action), { stale: true }));
        await eventually('the form to open', () => person.modal !== null);
        const submitted = await submit(person, values);
        payload = submitted.payload;
        return submitted.ok;
      }
      const pressed = await person.press(copy, encodeAction(action), { stale: true });
      payload = pressed.payload;
      if (outcome?.kind === 'done' && outcome.shared) {
        const { summary } = outcome.shared;
        await eventually('the message to change', () => slack.readable(live(message)).includes(summary));
      }
      return pressed.ok;
    });
  };
  const submit = async (person: Person, values: Readonly<Record<string, string>>) => {
    const view = person.modal!;
    if (Object.values(values).every((value) => value.length <= MOST_TYPED))
      return await person.submitModal(values);
    // A client lets nobody type more than fits; somebody without one may send it all the same.
    for (const fields of Object.values(view.values))
      for (const name of Object.keys(fields))
        fields[name] = { type: 'plain_text_input', value: values[name] };
    const payload = viewSubmission(slack, person.user, view);
    return { payload, ok: (await slack.delivery.act('interactive', payload)).ok };
  };
  const live = (message: Message): Message =>
    slack.world.message(slack.world.channel(message.channel), message.ts)!;

  return {
    slack,
    platform: {
      ...adapter.platform,
      start: (inbound) =>
        adapter.platform.start(async (event) => {
          if (event.kind === 'installed') return { kind: 'ignored', reason: 'not part of this test' };
          if (event.kind === 'posted') {
            await conversations.noteEcho(event.at.installation, event.key, event.ref);
            return { kind: 'ignored', reason: 'noted' };
          }
          if (aside) return await aside(event);
          outcome = await inbound(event);
          return outcome;
        }),
    },
    installation: team.id,
    stranger: 'T0STRANGER1',
    async person() {
      const person = team.user(`ann-${randomUUID().slice(0, 8)}`);
      people.set(person.id, person);
      return person.id;
    },
    thread: (customer) =>
      settingUp(ignore, async () => {
        const person = people.get(customer)!;
        const others = [...people.values()].filter((one) => one !== person);
        const channel = team.channel(`help-${randomUUID().slice(0, 8)}`, {
          members: [person, bob, ...others],
        });
        const message = person.post(channel, 'I need help');
        await slack.settled();
        roots.set(message.ts, { message, customer });
        return { kind: 'thread', channel: channel.id, thread: message.ts };
      }),
    channel: async () => ({ kind: 'channel', channel: alerts.id }),
    shown: async (where) => ours(where).map(shownOf),
    people: {
      press: (act) => {
        // Whoever comes by is in the channel too.
        if (act.by !== null) placeOf(act.in).members.add(act.by);
        return press(act);
      },
      say: (by, where, text) => {
        const person = people.get(by)!;
        return withAgain(person, where, () => person.post(placeOf(where), text, { thread: where.thread }));
      },
      command: (by, where, text) => {
        const person = by === null ? bob : people.get(by)!;
        let payload: Record<string, unknown> | null = null;
        return acting(person, where, async () => {
          if (payload !== null) return (await slack.delivery.act('command', payload)).ok;
          const typed = await person.command('/nps', text, placeOf(where));
          payload = typed.payload;
          return typed.ok;
        });
      },
      close: (_customer, where) =>
        withAgain(bob, where, () => bob.react(roots.get(where.thread)!.message, 'white_check_mark')),
      reopen: (_customer, where) =>
        withAgain(bob, where, () => bob.unreact(roots.get(where.thread)!.message, 'white_check_mark')),
      again: () => last(),
    },
    async dispose() {
      await adapter.platform.stop();
      await http.close(0);
      await slack.close();
      if (slack.violations.length > 0) throw new Error(`Slack refused: ${JSON.stringify(slack.violations)}`);
    },
  };
}

/** What whoever acted is to be told, and nobody else. */
function replyIn(outcome: InboundOutcome | null): View | null {
  if (outcome === null || outcome.kind === 'ignored') return null;
  if (outcome.kind !== 'done') return outcome.reply;
  const { shared, reply } = outcome;
  return reply && JSON.stringify(shared) !== JSON.stringify(reply) ? reply : null;
}

/** The message as somebody sees it who did not see its newest version, with this button on it. */
function withButton(message: Message, action: Action): Message {
  const id = encodeAction(action);
  const has = message.blocks?.some((block) => JSON.stringify(block).includes(JSON.stringify(id)));
  if (has) return message;
  const button = { type: 'button', action_id: id, text: { type: 'plain_text', text: 'Button' } };
  const block = { type: 'actions', block_id: 'more', elements: [button] };
  return { ...message, blocks: [...(message.blocks ?? []), block] };
}

function formFor(action: Action, values: Readonly<Record<string, string>>): View {
  const inputs = Object.keys(values).map(
    (name) =>
      ({
        kind: 'text',
        name,
        label: name,
        value: '',
        optional: true,
        multiline: true,
        maxLength: MOST_TYPED,
      }) as const,
  );
  return {
    summary: 'A form',
    locale: 'en',
    blocks: [{ kind: 'inputs', title: 'A form', action, submit: 'Send', inputs }],
  };
}
