// Slack's adapter as one process has it, against the fake, with parts in memory that tests look into: budgets, conversations, credentials.
import { createApi, type OwnSlackApi } from '../../../adapters/slack/api/index.ts';
import { createMembers } from '../../../adapters/slack/members.ts';
import type { Members, SlackOptions, SlackParts } from '../../../adapters/slack/parts.ts';
import { createPlatform } from '../../../adapters/slack/platform.ts';
import { BOT_SCOPES } from '../../../adapters/slack/scopes.ts';
import { createPictures } from '../../../adapters/slack/upload.ts';
import type { MessageRef } from '../../../src/domain/prompt/prompt.ts';
import type { Budget, Rate } from '../../../src/ports/budget.ts';
import type { Credentials } from '../../../src/ports/credentials.ts';
import type { Desk } from '../../../src/ports/desk.ts';
import type { Outgoing, Platform } from '../../../src/ports/platform.ts';
import type { View } from '../../../src/views/view.ts';
import { type FakeSlack, type Installation, startFakeSlack, type Team } from '../../fakes/slack/index.ts';
import type { GivenOptions } from '../../fakes/slack/options.ts';
import { type LogLine, recordedLog } from '../../support/recorded-log.ts';
import { CHARTS } from './charts.ts';

export interface Calling {
  readonly slack: FakeSlack;
  readonly team: Team;
  readonly bot: Installation;
  readonly parts: SlackParts;
  readonly api: OwnSlackApi;
  readonly members: Members;
  readonly platform: Platform;
  readonly budget: OpenBudget;
  readonly echoes: Map<string, MessageRef>;
  readonly lines: readonly LogLine[];
  send(to: Outgoing['to'], view?: View, key?: string): ReturnType<Platform['send']>;
}

export interface CallingOptions {
  readonly fake?: GivenOptions;
  readonly scopes?: readonly string[];
  readonly team?: string | null;
  readonly options?: Partial<SlackOptions>;
  readonly parts?: Partial<SlackParts>;
}

export async function callingSlack(given: CallingOptions = {}): Promise<Calling> {
  const slack = await startFakeSlack({ rates: false, ...given.fake });
  const team = slack.team('Acme');
  const bot = team.install({ scopes: given.scopes ?? BOT_SCOPES });
  return { slack, team, bot, ...partsFor(slack, team.id, bot.token, given) };
}

/** One process; several may share a fake, a budget and credentials. */
export function partsFor(
  slack: FakeSlack,
  installation: string,
  token: string | null,
  given: CallingOptions,
) {
  const { log, lines } = recordedLog();
  const budget = openBudget();
  const echoes = new Map<string, MessageRef>();
  const desk: Desk = {
    workspaceId: 'w',
    team: given.team ?? null,
    reaction: 'white_check_mark',
    locale: 'en',
  };
  const parts: SlackParts = {
    options: {
      apiUrl: slack.apiUrl,
      transport: { kind: 'http', signingSecret: slack.signingSecret },
      botToken: token,
      oauth: null,
      publicUrl: 'http://127.0.0.1',
      ...given.options,
    },
    deskOf: async (asked) => (asked === installation ? desk : null),
    conversations: {
      note: async () => {},
      threadOf: async () => null,
      authors: async () => [],
      noteEcho: async (_installation, key, ref) => void echoes.set(key, ref),
      echo: async (_installation, key) => echoes.get(key) ?? null,
    },
    credentials: keptCredentials({}),
    budget,
    charts: CHARTS,
    now: () => slack.clock.now(),
    log,
    ...given.parts,
  };
  const api = createApi(parts);
  const members = createMembers(parts, api);
  const platform = createPlatform({
    ...parts,
    api,
    members,
    pictures: createPictures(parts, api),
    health: async () => ({ ok: true, detail: '' }),
    start: async () => {},
    stop: async () => {},
  });
  let sent = 0;
  return {
    parts,
    api,
    members,
    platform,
    budget,
    echoes,
    lines,
    send(to: Outgoing['to'], view: View = sentence('How was it?'), key?: string) {
      sent += 1;
      return platform.send({ installation, to, key: key ?? `key-${sent}`, view });
    },
  };
}

export interface OpenBudget extends Budget {
  readonly taken: (readonly Rate[])[];
  readonly paused: { readonly name: string; readonly wait: number }[];
  /** What it answers from now on; null: take what you like. */
  refuse: number | null;
}

/** Takes everything at once, and remembers it. */
function openBudget(): OpenBudget {
  const budget: OpenBudget = {
    taken: [],
    paused: [],
    refuse: null,
    async take(rates) {
      budget.taken.push(rates);
      return budget.refuse === null ? { taken: true, wait: 0 } : { taken: false, wait: budget.refuse };
    },
    async pause(name, wait) {
      budget.paused.push({ name, wait });
    },
  };
  return budget;
}

export interface KeptCredentials extends Credentials {
  readonly texts: Map<string, string>;
  renewals: number;
}

/** In memory, renewed one at a time. */
export function keptCredentials(texts: Readonly<Record<string, string>>): KeptCredentials {
  let last: Promise<unknown> = Promise.resolve();
  const kept: KeptCredentials = {
    texts: new Map(Object.entries(texts)),
    renewals: 0,
    load: async (installation) => kept.texts.get(installation) ?? null,
    renew(installation, seen, renew) {
      const turn = last.then(async () => {
        const current = kept.texts.get(installation) ?? null;
        if (current === null || current !== seen) return current;
        kept.renewals += 1;
        const next = await renew(current);
        kept.texts.set(installation, next);
        return next;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
  return kept;
}

export function sentence(words: string): View {
  return { summary: words, locale: 'en', blocks: [{ kind: 'text', text: [words], tone: 'plain' }] };
}

/** Nothing secret is in what the operator reads. */
export function secretsIn(lines: readonly LogLine[], secrets: readonly string[]): readonly string[] {
  const text = JSON.stringify(lines);
  return secrets.filter((secret) => text.includes(secret));
}
