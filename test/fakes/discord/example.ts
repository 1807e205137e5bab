// A small world for the fake's own tests, and the real client that is let into it.
import { Client, type ClientOptions, DiscordAPIError, Events, GatewayIntentBits, REST } from 'discord.js';
import { type FakeDiscord, type GivenOptions, startFakeDiscord } from './index.ts';

export interface Example {
  readonly discord: FakeDiscord;
  readonly connect: (
    intents?: readonly GatewayIntentBits[],
    more?: Partial<ClientOptions>,
  ) => Promise<Client<true>>;
  readonly rest: REST;
  readonly close: () => Promise<void>;
}

export async function example(options: GivenOptions = { rates: false }): Promise<Example> {
  const discord = await startFakeDiscord(options);
  const clients: Client[] = [];
  return {
    discord,
    rest: new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token),
    connect: async (intents = [GatewayIntentBits.Guilds], more = {}) => {
      const client = new Client({
        intents: [...intents],
        rest: { api: discord.apiUrl },
        allowedMentions: { parse: [] },
        ...more,
      });
      clients.push(client);
      const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
      await client.login(discord.token);
      await ready;
      return client as Client<true>;
    },
    close: async () => {
      for (const client of clients) await client.destroy();
      await discord.close();
    },
  };
}

/** The code that Discord refused with, or `ok`. */
export async function codeOf(doing: Promise<unknown>): Promise<number | string> {
  try {
    await doing;
    return 'ok';
  } catch (error) {
    if (error instanceof DiscordAPIError) return error.code;
    throw error;
  }
}

export const quiet = { allowed_mentions: { parse: [] } };
