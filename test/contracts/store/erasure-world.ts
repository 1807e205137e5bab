// A workspace that knows a lot about Ann: what she said, what was said about her, and everything that is still to be done.
import type { Id } from '../../../src/domain/basics.ts';
import type { Prompt } from '../../../src/domain/prompt/prompt.ts';
import { WORK_KINDS } from '../../../src/ports/store/work.ts';
import type { View } from '../../../src/views/view.ts';
import { said } from './archive-rows.ts';
import { issue, schedule } from './digests.ts';
import { identity, NOW, newId, newWorld, type StoreUnderTest, sent, type World } from './world.ts';

/** Everything that told of Ann: none of it may be found anywhere after she was erased. */
export const ANN = {
  id: 'U0ANN0000017',
  slack: 'USLACKANN0017',
  name: 'Ann Qvist-Ångström',
  customer: 'customer-ann-0017',
  words: 'The courier, "again",\nlost my parcel\tin 青岛 – write to ann@example.com or call 0171 2345678!',
  before: 'At first I had praised the wonderful parcel people',
  subject: 'Parcel AQ-0017 never arrived in Qingdao',
  note: 'Rang her at home, she prefers evenings',
} as const;

/** What must not be found: also parts of words, as a digest or an alert quotes them. */
export const TRACES: readonly string[] = [
  ...Object.values(ANN),
  'lost my parcel',
  'ann@example.com',
  '2345678',
  'Ann Qvist',
  'wonderful parcel people',
  'AQ-0017',
];

export const BEA = 'bea';
export const BEA_SAYS = 'Bea says: the courier was kind, and Anna is right';

export interface Erasure {
  readonly world: World;
  readonly personId: Id;
}

/** A workspace in which Ann and others were asked, answered, and were talked about. */
export async function annsWorld(test: StoreUnderTest): Promise<Erasure> {
  const world = await newWorld(test);
  const ws = world.workspaceId;
  const { mailbox, admin } = world.store;
  const [web, slack] = [identity(ANN.id), identity(ANN.slack, 'slack')];
  const { id: personId } = await world.person(web, { customer: ANN.customer, profile: { name: ANN.name } });
  await world.person(slack, { customer: ANN.customer });
  const thread = `talk-${ANN.id}-1`;
  const place = { platform: 'web', installation: 'local', channel: 'support', thread };
  const about = { externalId: `${thread}:1`, subject: ANN.subject, place };
  const answered = await world.asked({ state: sent(), place }, web, about);
  const first = world.response(answered.prompt, { verbatim: ANN.before });
  const response = { ...first, verbatim: ANN.words, revision: 2, revisedAt: NOW + 1 };
  const classification = said(['delivery:negative'], 'negative');
  const case1 = world.followUp(response);
  const case2 = { ...world.followUp(response), responseIds: [] };
  await world.tx(async (tx) => {
    await tx.responses.save({ response: first, classification }, { response, classification });
    await tx.prompts.lock(answered.prompt.id);
    const state = {
      status: 'answered',
      sentAt: NOW,
      ref: { channel: thread, message: `m-${ANN.id}` },
      answeredAt: NOW,
      late: false,
    } as const;
    await tx.prompts.save({ ...answered.prompt, state });
    await tx.followUps.save({
      ...case2,
      state: { status: 'closed', by: 'bob', closedAt: NOW, note: ANN.note },
    });
    await tx.followUps.save(case1);
    await tx.followUps.noteAlert(case1.id, {
      platform: 'web',
      installation: 'local',
      ref: { channel: 'team', message: 'm' },
    });
  });
  const states = [
    { status: 'scheduled', dueAt: NOW },
    { status: 'sending', dueAt: NOW, attemptedAt: NOW },
    sent(),
    { status: 'reminded', sentAt: NOW, ref: { channel: thread, message: 'm' }, remindedAt: NOW },
    { status: 'suppressed', reason: 'throttled', at: NOW },
  ] as const;
  const prompts: Prompt[] = [];
  for (const [i, state] of states.entries()) {
    const channel = i === 2 ? `dm-${ANN.slack}` : 'support';
    const there = { ...place, channel };
    prompts.push(
      (
        await world.asked({ state, place: there }, slack, {
          ...about,
          place: there,
          externalId: `${i}/${ANN.slack}`,
        })
      ).prompt,
    );
  }
  const bea = await world.answered({ verbatim: BEA_SAYS, score: 9 }, identity(BEA));
  const weekly = schedule();
  await world.tx(async (tx) => {
    const work = [...prompts, answered.prompt].flatMap(({ id }) =>
      WORK_KINDS.map((kind) => ({ id: newId(), kind, subjectId: id, dueAt: NOW })),
    );
    await tx.work.add([...work, { id: newId(), kind: 'alert', subjectId: case1.id, dueAt: NOW }], NOW);
    await tx.digests.saveSchedule(weekly);
    const content = issue(weekly.id).content;
    const quotes = [
      {
        responseId: response.id,
        survey: 'nps',
        score: 3,
        words: 'The courier, "again", lost my parcel in 青岛…',
        by: ANN.name,
      },
      { responseId: bea.response.id, survey: 'nps', score: 9, words: BEA_SAYS, by: null },
    ] as const;
    const summary = {
      by: 'tiny-1',
      read: 9,
      points: [
        { text: 'Parcels get lost.', responseIds: [bea.response.id, response.id] },
        { text: 'Delivery is quick.', responseIds: [bea.response.id] },
      ],
    };
    const posted = { status: 'posted', postedAt: NOW, ref: { channel: 'team', message: 'm-2' } } as const;
    await tx.digests.saveIssue(
      issue(weekly.id, { ...posted, content: { ...content, quotes, summary } }),
      NOW,
    );
  });

  const team = await mailbox.openThread(ws, { kind: 'channel', name: 'team', person: null }, NOW);
  const hers = await mailbox.openThread(ws, { kind: 'conversation', name: thread, person: ANN.id }, NOW);
  const beas = await mailbox.openThread(ws, { kind: 'conversation', name: 'talk-bea', person: BEA }, NOW);
  const view = (summary: string, blocks: View['blocks']): { kind: 'view'; view: View } => ({
    kind: 'view',
    view: { summary, locale: 'en', blocks },
  });
  const post = (threadId: Id, body: Parameters<typeof mailbox.post>[1]['body'], who?: string) =>
    mailbox.post(
      ws,
      {
        threadId,
        author: who === undefined ? { kind: 'bot' } : { kind: 'customer', externalId: who },
        body,
        key: newId(),
      },
      NOW,
    );
  await post(hers.id, { kind: 'text', text: ANN.words }, ANN.id);
  await post(beas.id, { kind: 'text', text: BEA_SAYS }, BEA);
  await post(beas.id, { kind: 'text', text: `me too: ${ANN.words}` }, ANN.id);
  await post(
    team.id,
    view(`${ANN.name} gave 3: ${ANN.words.slice(0, 40)}…`, [
      {
        kind: 'text',
        tone: 'bad',
        text: [{ kind: 'person', externalId: ANN.id, name: ANN.name }, ' gave 3 of 10'],
      },
      { kind: 'quote', text: ANN.words, by: ANN.name },
      { kind: 'fields', fields: [{ label: 'About', value: ANN.subject }] },
      {
        kind: 'buttons',
        buttons: [{ label: 'Claim', style: 'primary', action: { kind: 'claim', followUpId: case1.id } }],
      },
    ]),
  );
  await post(
    team.id,
    view('The week', [
      {
        kind: 'quote',
        text: 'The courier, "again", lost my parcel in 青岛 – write to […] or call […]!',
        by: null,
      },
      { kind: 'quote', text: BEA_SAYS, by: 'Bea' },
      { kind: 'text', tone: 'plain', text: ['Delivery was named once'] },
    ]),
  );
  await admin.audit(ws, {
    id: newId(),
    at: NOW,
    actor: `web:local:${ANN.id}`,
    action: 'optout',
    subject: ANN.customer,
    detail: { who: [ANN.name, personId] },
  });
  await admin.audit(ws, {
    id: newId(),
    at: NOW,
    actor: 'cli',
    action: 'survey.set',
    subject: 'nps',
    detail: { throttle: '30d' },
  });
  const failed = await world.inHand('digest');
  await world.store.work.fail(failed, `cannot reach ${ANN.id}`, null);
  const talk = { channel: 'C1', thread: newId(), at: NOW };
  const talks = world.store.conversations('slack');
  await talks.note('local', { ...talk, message: newId(), author: ANN.slack });
  await talks.note('local', { ...talk, channel: `D-${ANN.slack}`, message: newId(), author: 'B1' });
  await world.tx(async (tx) => {
    const trouble = { kind: 'channel_gone', subject: `D-${ANN.slack}` } as const;
    await tx.notices.raise(
      { id: newId(), platform: 'slack', installation: 'local', trouble, raisedAt: NOW },
      0,
    );
  });
  await world.store.work.markSeen('slack', 'local', `Ev-${ANN.slack}-${ws}`, NOW);
  return { world, personId };
}

/** Ann is also one of the team: she helped Bea, took one case and closed another; and what platforms showed and allow is named after her. */
export async function annAtWork({ world, personId }: Erasure): Promise<void> {
  const ws = world.workspaceId;
  const state = sent();
  const helped = await world.asked({ state, agent: ANN.slack }, identity(BEA, 'slack'), {
    agent: ANN.slack,
    place: { platform: 'slack', installation: 'local', channel: 'C1', thread: newId() },
  });
  const response = world.response(helped.prompt, { verbatim: BEA_SAYS });
  const classification = said([], 'negative');
  await world.tx((tx) => tx.responses.save({ response, classification }));
  const others = [await world.answered({}, identity('carl')), await world.answered({}, identity('dora'))];
  const [taken, closed] = others.map((other) => world.followUp(other.response));
  const who = identity(ANN.slack, 'slack');
  await world.tx(async (tx) => {
    await tx.followUps.save({ ...taken!, state: { status: 'claimed', by: ANN.name, who, claimedAt: NOW } });
    await tx.followUps.save({
      ...closed!,
      state: { status: 'closed', by: ANN.name, closedAt: NOW, note: 'All is well' },
    });
  });
  await world.asked({ account: `${ANN.name} & sons` }, identity(ANN.id), { account: `${ANN.name} & sons` });
  await world.store.admin.saveAccount(ws, { name: `${ANN.name} & sons`, weight: 4 });
  const talks = world.store.conversations('slack');
  await talks.noteEcho('local', `prompt-${helped.prompt.id}`, {
    channel: `D-${ANN.slack}`,
    message: newId(),
  });
  const rate = { name: `slack local chat.postMessage ${ANN.slack}`, interval: 1, burst: 1 };
  await world.store.budget.take([rate], 0);
  const link = { hash: Buffer.from(newId()), workspaceId: ws, personId, expiresAt: NOW + 1 };
  await world.store.admin.createLink(link);
}
