// How an interaction reaches the app: as an event of the gateway, or signed over HTTP to the address that it gave.
import type { Discord } from './discord.ts';
import type { Interaction } from './interaction.ts';
import { interactionPayload } from './payloads.ts';
import type { Json } from './types.ts';

export interface HttpTampering {
  /** Seconds that the timestamp is off. */
  readonly skew?: number;
  /** Something else is signed than what is sent. */
  readonly forged?: boolean;
}

export async function postSigned(
  discord: Discord,
  url: string,
  payload: Json,
  how: HttpTampering = {},
): Promise<{ readonly status: number; readonly json: unknown }> {
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(discord.clock.now() / 1000) + (how.skew ?? 0));
  const signed = discord.keys.headers(how.forged ? `${body} ` : body, timestamp);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
      ...signed,
    },
    body,
    signal: AbortSignal.timeout(discord.options.ackWithin),
  });
  const text = await response.text();
  try {
    return { status: response.status, json: JSON.parse(text) };
  } catch {
    return { status: response.status, json: null };
  }
}

async function overHttp(
  discord: Discord,
  url: string,
  interaction: Interaction,
  payload: Json,
): Promise<void> {
  const { status, json } = await postSigned(discord, url, payload);
  // 202 and an empty body: the app answers by the callback.
  if (json === null || status !== 200) return;
  try {
    discord.interactions.find(interaction.id, interaction.token);
    discord.interactions.answer(interaction, json, [], 'interactions url');
  } catch (error) {
    discord.violated('interactions url', 'refused', String(error));
  }
}

export function deliver(discord: Discord, interaction: Interaction, data: Json | null): void {
  const payload = interactionPayload(discord, interaction, data);
  const { interactionsUrl } = discord;
  if (interactionsUrl) {
    overHttp(discord, interactionsUrl, interaction, payload).catch(() => undefined);
    return;
  }
  const text = JSON.stringify(payload);
  discord.mischief.deliver({
    t: 'INTERACTION_CREATE',
    guildId: interaction.channel.guild?.id ?? null,
    intents: 0,
    data: () => JSON.parse(text) as Json,
  });
}

/** What the developer portal does before it takes an address: a PING, and one that is wrongly signed. */
export async function tryInteractionsUrl(discord: Discord, url: string): Promise<void> {
  const ping = {
    id: discord.ids.next(),
    application_id: discord.applicationId,
    type: 1,
    token: discord.ids.secret(),
    version: 1,
    user: {},
  };
  const pong = await postSigned(discord, url, ping);
  if (pong.status !== 200 || (pong.json as Json | null)?.['type'] !== 1)
    throw new Error('the interactions endpoint did not answer PING with PONG');
  const forged = await postSigned(discord, url, ping, { forged: true });
  if (forged.status !== 401) throw new Error('the interactions endpoint takes a wrong signature');
}
