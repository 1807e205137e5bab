// What is typed behind `/nps` elsewhere, as somebody fills it in on Discord.
import { deliver } from '../../fakes/discord/delivery.ts';
import type { FakeDiscord, Person } from '../../fakes/discord/index.ts';
import { InteractionType } from '../../fakes/discord/interaction.ts';
import { Outcome } from '../../fakes/discord/outcome.ts';
import type { Channel } from '../../fakes/discord/types.ts';

/** The first option that takes what stands behind the subcommand as it is. */
const TAKES: Readonly<Record<string, string>> = {
  why: 'name',
  summary: 'period',
  connect: 'code',
  digest: 'when',
};

export async function typedAs(
  discord: FakeDiscord,
  person: Person,
  channel: Channel,
  text: string,
): Promise<Outcome> {
  const [command = '', ...rest] = text.trim().split(/\s+/u);
  if (command === '') return await bare(discord, person, channel);
  const option = TAKES[command];
  const given = option !== undefined && rest.length > 0 ? { [option]: rest.join(' ') } : {};
  return await person.command(channel, `nps ${command}`, given);
}

/** A client has no way to leave the subcommand out; whoever has none may. */
async function bare(discord: FakeDiscord, person: Person, channel: Channel): Promise<Outcome> {
  const [nps] = discord.registered();
  const interaction = await new Promise<ConstructorParameters<typeof Outcome>[1]>((resolve) => {
    const given = { type: InteractionType.command, user: person.user, channel, message: null };
    const opened = discord.interactions.open(given, () => resolve(opened));
    deliver(discord, opened, { id: nps!.id, name: 'nps', type: 1, options: [] });
  });
  return new Outcome(discord, interaction);
}
