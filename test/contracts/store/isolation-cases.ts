// Every call that a transaction offers, made with the ids of another workspace. A method that is added does not compile until it has its case here.
import { expect } from 'vitest';
import { DAY, type Id } from '../../../src/domain/basics.ts';
import type { Prompt } from '../../../src/domain/prompt/prompt.ts';
import type { StoreTx } from '../../../src/ports/store/index.ts';
import type { Notice } from '../../../src/ports/store/notices.ts';
import type { LeasedWork } from '../../../src/ports/store/work.ts';
import { issue, schedule } from './digests.ts';
import { type Asked, CLASSIFIED, closed, identity, NOW, newId, request, type World } from './world.ts';

/** Everything that one workspace can hold. */
export interface Full {
  readonly world: World;
  readonly asked: Asked;
  readonly answered: Awaited<ReturnType<World['answered']>>;
  /** Not answered yet. */
  readonly sentPrompt: Prompt;
  /** An interaction that brought no prompt. */
  readonly bare: { readonly id: Id; readonly personId: Id };
  readonly followUpId: Id;
  readonly scheduleId: Id;
  readonly issueId: Id;
  readonly notice: Notice;
  readonly work: LeasedWork;
  readonly freeWork: Id;
}

type Call = (tx: StoreTx, other: Full, own: World) => Promise<unknown>;

/** What a call does when it is given another workspace's ids: it throws, it finds nothing, or it makes something of its own. */
type Outcome = 'refused' | 'empty' | 'made';

/** Each in a transaction of its own. */
export type Case = readonly [Outcome, Call];

type Cases = {
  readonly [P in keyof StoreTx]: { readonly [M in keyof StoreTx[P]]: readonly [Case, ...Case[]] };
};

export const CASES: Cases = {
  people: {
    // The same outside identity is somebody else in another workspace.
    resolve: [
      [
        'made',
        async (tx, { asked }) => {
          const [person] = await tx.people.resolve([request(asked.who, { customer: 'c-1' })], newId, NOW);
          expect(person!.id).not.toBe(asked.person.id);
          expect(person!.optedOutAt).toBeNull();
        },
      ],
    ],
    find: [['empty', (tx, { asked }) => tx.people.find(asked.who)]],
    lock: [['empty', (tx, { asked }) => tx.people.lock(asked.person.id)]],
    history: [['empty', (tx, { asked }) => tx.people.history([asked.person.id])]],
    setOptOut: [['empty', (tx, { asked }) => tx.people.setOptOut(asked.person.id, null)]],
    setLanguage: [['empty', (tx, { asked }) => tx.people.setLanguage(asked.person.id, 'de')]],
    owns: [
      [
        'empty',
        async (tx, { asked }) =>
          (await tx.people.owns({ personId: asked.person.id, identity: asked.who })).filter(Boolean),
      ],
    ],
    markUnreachable: [['empty', (tx, { asked }) => tx.people.markUnreachable(asked.who, NOW)]],
  },
  prompts: {
    addInteractions: [
      [
        'refused',
        (tx, { asked }) =>
          tx.prompts.addInteractions(
            [{ id: newId(), personId: asked.person.id, interaction: closed(asked.who) }],
            NOW,
          ),
      ],
    ],
    findByInteraction: [
      [
        'empty',
        (tx, { asked }) =>
          tx.prompts.findByInteraction(asked.interaction.source, asked.interaction.externalId),
      ],
    ],
    add: [['refused', (tx, { bare }, own) => tx.prompts.add([own.prompt(bare.id, bare.personId)])]],
    find: [['empty', (tx, { asked }) => tx.prompts.find(asked.prompt.id)]],
    lock: [['empty', (tx, { asked }) => tx.prompts.lock(asked.prompt.id)]],
    lockFree: [['empty', (tx, { asked }) => tx.prompts.lockFree([asked.prompt.id])]],
    save: [
      [
        'refused',
        (tx, { asked }) =>
          tx.prompts.save({ ...asked.prompt, state: { status: 'suppressed', reason: 'throttled', at: NOW } }),
      ],
    ],
    countReserved: [['empty', (tx) => tx.prompts.countReserved(NOW - DAY, NOW + DAY)]],
    reopen: [['empty', (tx, { asked }) => tx.prompts.reopen(asked.interactionId, NOW)]],
    interactionsAt: [['empty', (tx, { asked }) => tx.prompts.interactionsAt(asked.prompt.place)]],
    noteAskedAgain: [['empty', (tx, { sentPrompt }) => tx.prompts.noteAskedAgain(sentPrompt.id, NOW)]],
    openPromptFor: [['empty', (tx, { answered }) => tx.prompts.openPromptFor(answered.person.id, null)]],
    trail: [['empty', (tx, { asked }) => tx.prompts.trail(asked.person.id, 10)]],
  },
  responses: {
    ofPrompt: [['empty', (tx, { answered }) => tx.responses.ofPrompt(answered.prompt.id)]],
    ofPrompts: [['empty', (tx, { answered }) => tx.responses.ofPrompts([answered.prompt.id])]],
    save: [
      [
        'refused',
        (tx, { answered }) =>
          tx.responses.save({
            response: { ...answered.response, score: 10, revision: 2 },
            classification: CLASSIFIED,
          }),
      ],
      [
        'refused',
        (tx, { sentPrompt }, own) =>
          tx.responses.save({ response: own.response(sentPrompt), classification: CLASSIFIED }),
      ],
    ],
    withWords: [['empty', (tx, { answered }) => tx.responses.withWords([answered.response.id])]],
    holdWords: [
      ['empty', async (tx, { answered }) => [...(await tx.responses.holdWords([answered.response.id]))]],
    ],
    saveReadings: [
      [
        'empty',
        async (tx, { answered: { response } }) => {
          const { id: responseId, revision, survey, score, revisedAt } = response;
          const of = {
            ...{
              responseId,
              revision,
              survey,
              score,
              revisedAt,
              text: 'x',
              locale: null,
              names: [],
              followUpId: null,
            },
            ...{ ...CLASSIFIED, sentiment: CLASSIFIED.sentiment },
          };
          return await tx.responses.saveReadings([{ of, classification: CLASSIFIED }], NOW);
        },
      ],
    ],
    revisions: [['empty', (tx, { answered }) => tx.responses.revisions(answered.response.id)]],
  },
  followUps: {
    latestOf: [['empty', (tx, { answered }) => tx.followUps.latestOf([answered.person.id])]],
    save: [
      [
        'refused',
        (tx, { answered, followUpId }, own) =>
          tx.followUps.save({ ...own.followUp(answered.response), id: followUpId, dueAt: NOW + DAY }),
      ],
      ['refused', (tx, { answered }, own) => tx.followUps.save(own.followUp(answered.response))],
      [
        'refused',
        async (tx, { answered, followUpId }, own) => {
          const [mine] = await tx.people.resolve([request(identity())], newId, NOW);
          const followUp = own.followUp({ ...answered.response, personId: mine!.id });
          await tx.followUps.save({ ...followUp, id: followUpId, dueAt: NOW + DAY });
        },
      ],
      [
        // A case of our own may name the other's answer, and does not get it.
        'made',
        async (tx, { answered }, own) => {
          const [mine] = await tx.people.resolve([request(identity())], newId, NOW);
          const followUp = own.followUp({ ...answered.response, personId: mine!.id });
          await tx.followUps.save(followUp);
          expect((await tx.followUps.latestOf([mine!.id])).get(mine!.id)?.responseIds).toEqual([]);
        },
      ],
    ],
    weightsOf: [['empty', (tx) => tx.followUps.weightsOf(['acme'])]],
    lock: [['empty', (tx, { followUpId }) => tx.followUps.lock(followUpId)]],
    find: [['empty', (tx, { followUpId }) => tx.followUps.find(followUpId)]],
    findByNumber: [['empty', (tx) => tx.followUps.findByNumber(1)]],
    noteAlert: [
      [
        'empty',
        (tx, { followUpId }) =>
          tx.followUps.noteAlert(followUpId, {
            platform: 'slack',
            installation: 'T9',
            ref: { channel: 'C', message: 'm' },
          }),
      ],
    ],
    open: [['empty', (tx) => tx.followUps.open(10)]],
  },
  digests: {
    lock: [['empty', (tx, { scheduleId }) => tx.digests.lock(scheduleId)]],
    list: [['empty', (tx) => tx.digests.list()]],
    saveSchedule: [
      [
        'refused',
        (tx, { scheduleId }) => tx.digests.saveSchedule(schedule({ id: scheduleId, channel: 'mine' })),
      ],
    ],
    issueOf: [['empty', (tx, { scheduleId }) => tx.digests.issueOf(scheduleId, NOW)]],
    told: [['empty', (tx, { scheduleId }) => tx.digests.told(scheduleId, NOW + DAY, 9)]],
    lastIssue: [['empty', (tx, { scheduleId }) => tx.digests.lastIssue(scheduleId, NOW + DAY)]],
    posted: [['empty', (tx, { issueId }) => tx.digests.posted(issueId)]],
    saveIssue: [
      ['refused', (tx, { scheduleId }) => tx.digests.saveIssue(issue(scheduleId, { dueAt: NOW + 1 }), NOW)],
      [
        'refused',
        async (tx, { issueId }) => {
          const mine = schedule();
          await tx.digests.saveSchedule(mine);
          await tx.digests.saveIssue(issue(mine.id, { id: issueId, status: 'refused' }), NOW);
        },
      ],
    ],
  },
  notices: {
    raise: [
      ['refused', (tx, { notice }) => tx.notices.raise({ ...notice, installation: 'mine' }, DAY)],
      [
        // The same trouble of the same installation is another notice here, whether or not it is quiet there.
        'made',
        async (tx, { notice }) => {
          const mine = { ...notice, id: newId() };
          expect(await tx.notices.raise(mine, DAY)).toEqual(mine);
        },
      ],
    ],
    find: [['empty', (tx, { notice }) => tx.notices.find(notice.id)]],
    raisedSince: [['empty', (tx) => tx.notices.raisedSince(0)]],
  },
  work: {
    // Work for somebody else's subject is our own row, and its handler will find no subject.
    add: [
      [
        'made',
        async (tx, { work }) => {
          const mine = { id: newId(), kind: work.kind, subjectId: work.subjectId, dueAt: NOW + DAY };
          expect(await tx.work.add([mine], NOW)).toEqual([{ workId: mine.id, dueAt: NOW + DAY }]);
        },
      ],
    ],
    finish: [['refused', (tx, { work }) => tx.work.finish(work)]],
    postpone: [['refused', (tx, { work }) => tx.work.postpone(work, NOW + DAY)]],
    cancel: [['empty', (tx, { freeWork }) => tx.work.cancel(['remind'], [freeWork])]],
  },
};
