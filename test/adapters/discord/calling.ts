// Discord's adapter as one process has it, against the fake, with parts in memory that tests look into.
import { createApi } from '../../../adapters/discord/api/index.ts';
import { createMembers } from '../../../adapters/discord/members.ts';
import type { DiscordApi, DiscordParts, Members } from '../../../adapters/discord/parts.ts';
import { createPlatform } from '../../../adapters/discord/platform.ts';
import type { MessageRef } from '../../../src/domain/prompt/prompt.ts';
import type { Outgoing, Platform } from '../../../src/ports/platform.ts';
import type { View } from '../../../src/views/view.ts';
import {
  type FakeDiscord,
  type GivenOptions,
  type Guild,
  startFakeDiscord,
} from '../../fakes/discord/index.ts';
import { type LogLine, recordedLog } from '../../support/recorded-log.ts';
import { CHARTS } from '../slack/charts.ts';

export interface Calling {
  readonly discord: FakeDiscord;
  readonly acme: Guild;
  readonly api: DiscordApi;
  readonly members: Members;
  readonly platform: Platform;
  readonly echoes: Map<string, MessageRef>;
  readonly lines: readonly LogLine[];
  send(to: Outgoing['to'], view?: View, key?: string): ReturnType<Platform['send']>;
}

export interface CallingOptions {
  readonly fake?: GivenOptions;
  readonly bot?: NonNullable<Parameters<FakeDiscord['guild']>[1]>['bot'];
  readonly team?: string | null;
  readonly parts?: Partial<DiscordParts>;
}

export async function callingDiscord(given: CallingOptions = {}): Promise<Calling> {
  const discord = await startFakeDiscord({ rates: false, ...given.fake });
  const acme = discord.guild('Acme', { bot: given.bot ?? ['MANAGE_THREADS'] });
  const { log, lines } = recordedLog();
  const echoes = new Map<string, MessageRef>();
  const desk = { workspaceId: 'w', team: given.team ?? null, reaction: '✅', locale: 'en' };
  const parts: DiscordParts = {
    options: {
      apiUrl: discord.apiUrl,
      token: discord.token,
      applicationId: discord.applicationId,
      publicKey: null,
    },
    deskOf: async (guild) => (guild === acme.id ? desk : null),
    conversations: {
      note: async () => {},
      threadOf: async () => null,
      authors: async () => [],
      noteEcho: async (_installation, key, ref) => void echoes.set(key, ref),
      echo: async (_installation, key) => echoes.get(key) ?? null,
    },
    leases: { own: async () => true, disown: async () => {} },
    holder: 'h',
    charts: CHARTS,
    now: () => discord.clock.now(),
    log,
    ...given.parts,
  };
  const api = createApi(parts);
  const members = createMembers(parts, api);
  const platform = createPlatform({
    ...parts,
    api,
    members,
    health: async () => ({ ok: true, detail: '' }),
    start: async () => {},
    stop: async () => {},
  });
  let sent = 0;
  return {
    discord,
    acme,
    api,
    members,
    platform,
    echoes,
    lines,
    send(to, view = sentence('How was it?'), key) {
      sent += 1;
      return platform.send({ installation: acme.id, to, key: key ?? `key-${sent}`, view });
    },
  };
}

export function sentence(words: string): View {
  return { summary: words, locale: 'en', blocks: [{ kind: 'text', text: [words], tone: 'plain' }] };
}

export function withButton(words: string): View {
  const button = { label: 'Settings', action: { kind: 'settings' }, style: 'plain' } as const;
  return { ...sentence(words), blocks: [...sentence(words).blocks, { kind: 'buttons', buttons: [button] }] };
}

export function withChart(words: string): View {
  const image = { kind: 'image', chart: { title: 'one' } as never, alt: 'NPS rose' } as const;
  return { ...sentence(words), blocks: [...sentence(words).blocks, image] };
}
