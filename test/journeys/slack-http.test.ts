// Slack from ✅ to the digest, over HTTP: the started program, and people in front of a strict fake Slack.
import { ANSWERING_SURVEYS, answering } from './slack-answering.ts';
import { ASKING_SURVEYS, asking } from './slack-asking.ts';
import { leading } from './slack-lead.ts';
import { describeInOffices } from './slack-office.ts';

const surveys = [...ASKING_SURVEYS, ...ANSWERING_SURVEYS];

describeInOffices('Slack over HTTP', { transport: 'http', surveys }, (office) => {
  answering(office);
  leading(office);
  asking(office);
});
