// Discord from the end of a thread to the digest: the started program, and people in front of a strict fake Discord.
import { ANSWERING_SURVEYS, answering } from './discord-answering.ts';
import { ASKING_SURVEYS, asking } from './discord-asking.ts';
import { leading } from './discord-lead.ts';
import { describeInOffices } from './discord-office.ts';

const surveys = [...ASKING_SURVEYS, ...ANSWERING_SURVEYS];

describeInOffices('Discord', { surveys }, (office) => {
  answering(office);
  leading(office);
  asking(office);
});
