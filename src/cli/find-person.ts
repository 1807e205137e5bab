// Whom an operator means by what they typed, and how somebody is shown to them.
import { AfterwordError } from '../domain/basics.ts';
import type { PersonSummary } from '../ports/store/archive.ts';
import { oneLine } from '../views/parts.ts';
import type { InWorkspace } from './session.ts';
import { counted } from './words.ts';

export const WHO = `
PERSON is a person's id, your own customer id, or who they are on a platform: U0ALICE0001, or in full
slack:T0001:U0ALICE0001 where the short form is several people.
`;

export async function find({ runtime, workspaceId }: InWorkspace, name: string): Promise<PersonSummary> {
  const found = await runtime.ctx.store.archive.findPerson(workspaceId, name);
  if (found) return found;
  throw new AfterwordError(
    'not_found',
    `nobody is called ${JSON.stringify(name)} here`,
    'people are known once they were helped',
  );
}

export function describe({ id, customer, identities, optedOut, prompts, responses }: PersonSummary): string {
  const lines = [
    `person ${id}`,
    ...(customer === null ? [] : [`  customer ${customer}`]),
    ...identities.map(
      ({ platform, installation, externalId, name }) =>
        `  ${platform}:${installation}:${externalId}${name === null ? '' : `  ${name}`}`,
    ),
    `  ${counted(prompts, 'prompt')}, ${counted(responses, 'answer')}${optedOut ? ', opted out' : ''}`,
  ];
  return lines.map((line) => `  ${oneLine(line.trim(), 300)}`.replace(/^ {2}(?=person )/, '')).join('\n');
}
