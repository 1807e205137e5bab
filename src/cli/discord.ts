// `afterword discord`: what has to be told to Discord once.
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, withJsonOption } from './options.ts';
import { configOf } from './session.ts';

interface RegisterOptions extends JsonOption {
  readonly guild?: string;
}

const REGISTER = `
Registers nothing where the commands are already what they should be. Everywhere is the usual way; in one server is quick to try out,
and shows the commands twice there once they are registered everywhere too.

Examples:
  $ afterword discord register
  $ afterword discord register --guild 1099000000000000001
`;

export function discordCommands(program: Command, act: Act): void {
  const discord = program
    .command('discord')
    .summary('commands in Discord')
    .description('Tells Discord which commands there are.')
    .addHelpText('after', '\nExample:\n  $ afterword discord register\n');

  const register = discord
    .command('register')
    .description('Registers /nps and “Ask for feedback”, where they changed.')
    .option('--guild <id>', 'in this server alone')
    .addHelpText('after', REGISTER);
  withJsonOption(register).action(act(registerThem));
}

async function registerThem(io: Io, { guild, json }: RegisterOptions): Promise<number> {
  const config = configOf(io);
  if (config.discord === null) {
    const off = config.off.find(({ platform }) => platform === 'discord');
    throw new AfterwordError(
      'invalid',
      `Discord is off: ${off?.reason ?? 'it is not configured'}`,
      'set what is missing; .env.example tells about each',
    );
  }
  const { registerCommands } = await import('../main.ts');
  const { changed, names, invite } = await registerCommands(
    { options: config.discord, now: () => Date.now() },
    guild ?? null,
  );
  const where = guild === undefined ? 'everywhere' : `in server ${guild}`;
  if (json) await writeJson(io, { changed, names, guild: guild ?? null, invite });
  else
    await write(
      io,
      `${names.join(', ')}: ${changed ? 'registered' : 'unchanged'} ${where}\nInvite the bot: ${invite}\n`,
    );
  return EXIT.good;
}
