// What somebody who starts the program reads: what is on, what is off, and why.
import type { Config } from './config.ts';

const NAMES = { slack: 'Slack', discord: 'Discord', model: 'Model' } as const;

/** Says it line by line. */
export function announce(
  config: Config,
  on: { page: boolean; url: string; store: string; queue: string; worker: boolean },
  say: (line: string) => void,
): void {
  say('Afterword is running.');
  if (on.page) say(`  Page     ${on.url}  (on this machine only)`);
  else if (on.url)
    say(
      `  Page     off: HOST ${config.host} can be reached by others, and the page lets its visitor act as both sides`,
    );
  if (on.url) say(`  API      ${on.url}/api/v1  (make a key with: npx afterword apikey create)`);
  say(`  Store    ${on.store}`);
  say(
    `  Queue    ${on.worker ? 'worked on here' : 'worked on by another process'}, on ${on.queue === 'redis' ? 'Redis' : 'the same PostgreSQL'}`,
  );
  if (config.slack) say(`  Slack    ${slackLine(config.slack, config.publicUrl)}`);
  if (config.discord) say('  Discord  on, through its gateway, which one process holds');
  if (config.model)
    say(
      `  Model    ${config.model.name}, asked where the built-in classifier is not sure: ${config.model.apiUrl}`,
    );
  for (const { platform, reason } of config.off) say(`  ${NAMES[platform].padEnd(8)} off: ${reason}`);
}

function slackLine({ transport, oauth }: NonNullable<Config['slack']>, publicUrl: string): string {
  const way = transport.kind === 'socket' ? 'over a socket' : `over HTTP: ${publicUrl}/slack/events`;
  return oauth ? `on, ${way}; teams install it at ${publicUrl}/slack/install` : `on, ${way}`;
}
