// Every route that the fake serves; what is not here is answered with 404 and is a violation. `@me` and `@original`
// come before the routes whose placeholder would take them.
import { BASICS } from './basics.ts';
import { CHANNELS } from './channels.ts';
import { COMMANDS } from './commands.ts';
import { GUILDS } from './guilds.ts';
import { INTERACTIONS } from './interactions.ts';
import { MESSAGES } from './messages.ts';
import { REACTIONS } from './reactions.ts';
import type { Route } from './route.ts';

export const ROUTES: readonly Route[] = [
  ...BASICS,
  ...CHANNELS,
  ...MESSAGES,
  ...REACTIONS,
  ...GUILDS,
  ...COMMANDS,
  ...INTERACTIONS,
];
