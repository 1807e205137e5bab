// What may be going on when a process is killed, and how it must have come out once another has taken over.
import { expect } from 'vitest';
import { DAY, HOUR, type Id } from '../../src/domain/basics.ts';
import { nextDue } from '../../src/domain/digest/schedule.ts';
import { setSchedule } from '../../src/handlers/install.ts';
import { recordAnswer } from '../../src/handlers/record-answer.ts';
import { withdraw } from '../../src/handlers/withdraw.ts';
import type { Stage } from './stage.ts';

export interface Scene {
  readonly name: string;
  /** Up to the moment from which on processes are killed; answers with what the check needs. */
  readonly prepare: (stage: Stage) => Promise<Id>;
  readonly check: (stage: Stage, id: Id) => Promise<void>;
  /** The fewest steps that there are to be killed at. */
  readonly steps: number;
}

const MONDAY = { weekday: 1, time: 9 * 60, zone: 'UTC' } as const;

export async function helped(stage: Stage): Promise<Id> {
  return (await stage.help(stage.process().ctx)).prompt!.id;
}

async function asked(stage: Stage): Promise<Id> {
  const promptId = await helped(stage);
  await stage.process().live();
  return promptId;
}

function answer(stage: Stage, promptId: Id, score: number, elsewhere: boolean) {
  const { ctx } = stage.process();
  const by = elsewhere ? ('bearer' as const) : stage.customer;
  return recordAnswer(ctx, stage.workspaceId, { promptId, by, score, verbatim: 'my own words', elsewhere });
}

export function messages(stage: Stage, key: string) {
  return stage.outside.messages.filter((message) => message.key === key);
}

/** The prompt's message shows the customer's words. */
function expectShown(stage: Stage, promptId: Id): void {
  expect(JSON.stringify(messages(stage, `prompt-${promptId}`).map(({ view }) => view))).toContain(
    'my own words',
  );
}

export const SCENES: readonly Scene[] = [
  {
    name: 'a prompt is sent once, and known to be',
    prepare: helped,
    async check(stage, promptId) {
      expect(messages(stage, `prompt-${promptId}`)).toHaveLength(1);
      expect((await stage.prompt(promptId)).state).toMatchObject({ status: 'sent', ref: { message: '0' } });
      expect(await stage.work()).toEqual(['expire', 'remind']);
    },
    steps: 8,
  },
  {
    name: 'a customer who answers before the sending was noted sees their answer on the message',
    async prepare(stage) {
      const promptId = await helped(stage);
      stage.outside.onAppearance = async () => void (await answer(stage, promptId, 9, false));
      return promptId;
    },
    async check(stage, promptId) {
      expect(messages(stage, `prompt-${promptId}`)).toHaveLength(1);
      const { state } = await stage.prompt(promptId);
      expect(state.status).toBe('answered');
      expect(await stage.work()).toEqual([]);
      // Where the platform cannot look, it may stay unknown where the message stands.
      if (!stage.outside.tells && 'ref' in state && state.ref === null) return;
      expect(state).toMatchObject({ ref: { message: '0' } });
      expectShown(stage, promptId);
    },
    steps: 8,
  },
  {
    name: 'an answer from elsewhere shows on the message',
    async prepare(stage) {
      const promptId = await asked(stage);
      await answer(stage, promptId, 9, true);
      return promptId;
    },
    async check(stage, promptId) {
      expectShown(stage, promptId);
      expect(await stage.work()).toEqual([]);
    },
    steps: 8,
  },
  {
    name: 'a decline from elsewhere shows on the message',
    async prepare(stage) {
      const promptId = await asked(stage);
      await withdraw(stage.process().ctx, stage.workspaceId, promptId, 'bearer', 'decline');
      return promptId;
    },
    async check(stage, promptId) {
      const [message] = messages(stage, `prompt-${promptId}`);
      expect(JSON.stringify(message?.view)).not.toContain('score:');
      expect(await stage.work()).toEqual([]);
    },
    steps: 8,
  },
  {
    name: 'a reminder is sent once, and known to be',
    async prepare(stage) {
      const promptId = await asked(stage);
      stage.now += DAY;
      return promptId;
    },
    async check(stage, promptId) {
      expect(messages(stage, `remind-${promptId}`)).toHaveLength(1);
      expect((await stage.prompt(promptId)).state.status).toBe('reminded');
      expect(await stage.work()).toEqual(['expire']);
    },
    steps: 8,
  },
  {
    name: 'a prompt expires, and its message says so',
    async prepare(stage) {
      const promptId = await asked(stage);
      stage.now += 7 * DAY;
      return promptId;
    },
    async check(stage, promptId) {
      const [message] = messages(stage, `prompt-${promptId}`);
      expect(JSON.stringify(message?.view)).not.toContain('score:');
      expect((await stage.prompt(promptId)).state.status).toBe('expired');
      expect(await stage.work()).toEqual([]);
    },
    steps: 10,
  },
  {
    name: 'the team is told of an unhappy answer once, and the case knows where',
    async prepare(stage) {
      await channel(stage);
      const promptId = await asked(stage);
      await answer(stage, promptId, 2, false);
      return promptId;
    },
    async check(stage) {
      const [followUp] = await stage.store.transaction(stage.workspaceId, (tx) => tx.followUps.open(10));
      expect(messages(stage, `alert-${followUp?.followUp.id}`)).toHaveLength(1);
      expect(followUp?.alert?.ref).toEqual({ channel: 'outside', message: '1' });
      expect(await stage.work()).toEqual(['digest', 'escalate', 'nudge']);
    },
    steps: 8,
  },
  {
    name: 'a digest is posted once, and the next one has its date',
    async prepare(stage) {
      const id = await channel(stage);
      stage.now = nextDue(MONDAY, stage.now);
      return id;
    },
    async check(stage, scheduleId) {
      const dueAt = nextDue(MONDAY, stage.now - HOUR);
      const [schedule, issue] = await stage.store.transaction(
        stage.workspaceId,
        async (tx) =>
          [await tx.digests.lock(scheduleId), await tx.digests.issueOf(scheduleId, dueAt)] as const,
      );
      expect(stage.outside.messages.filter(({ key }) => key.startsWith('digest-'))).toEqual([
        expect.objectContaining({ key: `digest-${issue?.id}` }),
      ]);
      expect(issue).toMatchObject({ status: 'posted', ref: { message: '0' } });
      expect(schedule?.nextDueAt).toBe(dueAt + 7 * DAY);
      expect(await stage.work()).toEqual(['digest']);
    },
    steps: 12,
  },
];

/** The team's channel, with its weekly digest. */
async function channel(stage: Stage): Promise<Id> {
  const { ctx } = stage.process();
  await setSchedule(ctx, stage.workspaceId, { ...stage.place, channel: 'team', locale: 'en' }, MONDAY);
  const [schedule] = await stage.store.transaction(stage.workspaceId, (tx) => tx.digests.list());
  return schedule!.id;
}
