// Contract: outside of transactions too, no call reads or writes across workspaces. Every method that takes a workspace is called in one with the
// ids of another: it finds nothing there, and not a row of the other changes. A method that is added does not compile until it has its case.
import { describe, expect, it } from 'vitest';
import { DAY, type Id } from '../../../src/domain/basics.ts';
import { defaultPolicy } from '../../../src/domain/survey/policy.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { addAll, plain, said } from './archive-rows.ts';
import { ANN, annsWorld } from './erasure-world.ts';
import { identity, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

interface Other {
  readonly world: World;
  readonly personId: Id;
  readonly responseId: Id;
  readonly threadId: Id;
  readonly messageId: Id;
  readonly apiKeyId: Id;
  readonly linkHash: Uint8Array;
}

/** `empty`: answers with nothing. `refused`: throws. `own`: what it answers and does is the caller's own, which the case checks. */
type Outcome = 'empty' | 'refused' | 'own';
type Call = (store: Store, ws: Id, other: Other) => Promise<unknown>;
type Cases<P> = { readonly [M in keyof P]: readonly [Outcome, Call] };

const query = (workspaceId: Id, by: 'agent' | 'theme' | 'week' | null = null) =>
  ({ workspaceId, survey: 'nps', from: 0, to: NOW + DAY, basis: 'sent', by, zone: 'UTC' }) as const;

const REPORTS: Cases<Store['reports']> = {
  counts: [
    'own',
    async ({ reports }, ws) => {
      for (const by of [null, 'agent', 'theme', 'week'] as const) {
        const counts = await reports.counts(query(ws, by));
        expect(counts).toMatchObject({
          sent: 0,
          answeredOfSent: 0,
          scores: new Map(),
          themes: [],
          groups: [],
        });
      }
    },
  ],
  scores: ['empty', ({ reports }, ws) => reports.scores(query(ws))],
  scoresOf: [
    'own',
    async ({ reports }, ws) =>
      expect(await reports.scoresOf(ws, 'nps', [{ from: 0, to: NOW + DAY }])).toEqual([new Map()]),
  ],
  people: ['empty', ({ reports }, ws) => reports.people(query(ws), 3)],
  verbatims: ['empty', ({ reports }, ws) => reports.verbatims(query(ws), 10)],
  coverage: [
    'own',
    async ({ reports }, ws) =>
      expect(await reports.coverage(ws, 0, NOW + DAY)).toEqual({ asked: 0, waiting: 0, skipped: {} }),
  ],
  askedOf: ['empty', ({ reports }, ws) => reports.askedOf(ws, 0, NOW + DAY, 1)],
  closedPrompts: [
    'own',
    async ({ reports }, ws) =>
      expect(await reports.closedPrompts(ws, 'nps', 0, NOW + DAY)).toEqual({ sent: 0, answered: 0 }),
  ],
  span: ['empty', ({ reports }, ws) => reports.span(ws, 'nps')],
};

const TALLIES: Cases<Omit<Store['tallies'], 'fold'>> = {
  check: [
    'own',
    async ({ tallies }, ws) =>
      expect(await tallies.check(ws, () => {})).toEqual({ compared: 0, different: 0, examples: [] }),
  ],
  rebuild: ['empty', ({ tallies }, ws) => tallies.rebuild(ws, () => {})],
};

const READINGS: Cases<Store['readings']> = {
  unread: ['empty', ({ readings }, ws) => readings.unread(ws, 'other-1', {})],
  readNext: [
    'own',
    async ({ readings }, ws) => {
      const work = { classifier: 'other-1', after: null, patient: true, read: () => said([], null) };
      expect(await readings.readNext(ws, work, NOW)).toEqual({ read: 0, changed: 0, last: null });
    },
  ],
  of: ['empty', ({ readings }, ws, { responseId }) => readings.of(ws, responseId)],
};

const ARCHIVE: Cases<Store['archive']> = {
  // The same rows and people are other rows and people here.
  addRows: [
    'own',
    async (store, ws) => {
      const rows = [plain({ id: 'T-1', person: ANN.id })];
      expect(await store.archive.addRows(ws, 'web', rows, newId, NOW)).toEqual({ added: 1, known: 0 });
    },
  ],
  rows: [
    'empty',
    async ({ archive }, ws) => {
      for await (const batch of archive.rows(ws, {})) return batch;
      return [];
    },
  ],
  countRows: ['empty', ({ archive }, ws) => archive.countRows(ws, {})],
  findPerson: [
    'own',
    async ({ archive }, ws, { personId }) => {
      const names = [personId, ANN.customer, ANN.id, `web:local:${ANN.id}`, ANN.slack];
      for (const name of names) expect(await archive.findPerson(ws, name)).toBeNull();
    },
  ],
  link: ['refused', ({ archive }, ws, { personId }) => archive.link(ws, personId, newId(), NOW)],
  unlink: ['empty', ({ archive }, ws) => archive.unlink(ws, identity(ANN.id), newId(), NOW)],
  record: [
    'own',
    async ({ archive }, ws, { personId }) => {
      for await (const page of archive.record(ws, personId)) expect(page).toBeUndefined();
    },
  ],
  erase: [
    'own',
    async ({ archive }, ws, { personId }) =>
      expect(await archive.erase(ws, personId, NOW)).toEqual({ identities: 0, responses: 0 }),
  ],
};

const RETENTION: Cases<Store['retention']> = {
  dropWords: [
    'own',
    async ({ retention }, ws) => {
      const { dropped, more } = await retention.dropWords(ws, NOW + DAY, NOW + DAY, 100);
      expect([Object.values(dropped).some((count) => count > 0), more]).toEqual([false, false]);
    },
  ],
  forgetQuiet: [
    'own',
    async ({ retention }, ws) =>
      expect(await retention.forgetQuiet(ws, NOW + 9 * DAY, NOW + 9 * DAY, 100)).toEqual({
        people: 0,
        more: false,
      }),
  ],
};

const text = { kind: 'text', text: 'mine' } as const;

const MAILBOX: Cases<Store['mailbox']> = {
  // The same name is another thread here.
  openThread: [
    'own',
    async ({ mailbox }, ws, { threadId }) => {
      const thread = await mailbox.openThread(
        ws,
        { kind: 'conversation', name: 'talk-bea', person: 'bea' },
        NOW,
      );
      expect(thread.id).not.toBe(threadId);
      expect(await mailbox.read(ws, thread.id, 10)).toEqual([]);
    },
  ],
  findThread: ['empty', ({ mailbox }, ws) => mailbox.findThread(ws, 'talk-bea')],
  threadOf: ['empty', ({ mailbox }, ws) => mailbox.threadOf(ws, 'bea')],
  setOpen: ['empty', ({ mailbox }, ws, { threadId }) => mailbox.setOpen(ws, threadId, false)],
  post: [
    'refused',
    ({ mailbox }, ws, { threadId }) =>
      mailbox.post(ws, { threadId, author: { kind: 'bot' }, body: text, key: 'shared' }, NOW),
  ],
  replace: ['empty', ({ mailbox }, ws, { messageId }) => mailbox.replace(ws, messageId, text)],
  findByKey: ['empty', ({ mailbox }, ws) => mailbox.findByKey(ws, 'shared')],
  read: ['empty', ({ mailbox }, ws, { threadId }) => mailbox.read(ws, threadId, 10)],
  since: ['empty', ({ mailbox }, ws) => mailbox.since(ws, 0, 10)],
  cursor: ['empty', ({ mailbox }, ws) => mailbox.cursor(ws)],
};

const words = (workspaceId: Id) =>
  ({ workspaceId, surveys: ['nps', 'ces', 'csat'], from: 0, to: NOW + DAY }) as const;

const VOICES: Cases<Store['voices']> = {
  comments: [
    'own',
    async ({ voices }, ws) => {
      for (const theme of [null, 'speed'])
        expect(await voices.comments({ ...words(ws), sentiment: null, theme }, 10)).toEqual({
          rows: [],
          people: 0,
        });
    },
  ],
  themePeople: ['empty', ({ voices }, ws) => voices.themePeople(words(ws), 3)],
};

/** Those that take a workspace; the others look up the workspace itself, or an installation or a key by what only its owner knows. */
type Across =
  | 'workspaces'
  | 'workspace'
  | 'ensureWorkspace'
  | 'saveWorkspace'
  | 'changeWorkspace'
  | 'ensureInstallation'
  | 'findInstallation'
  | 'saveInstallation'
  | 'install'
  | 'uninstall'
  | 'noteInstaller'
  | 'moveInstallation'
  | 'redeemCode'
  | 'findApiKey';

const ADMIN: Cases<Omit<Store['admin'], Across>> = {
  installations: ['empty', ({ admin }, ws) => admin.installations(ws)],
  policies: [
    'own',
    async ({ admin }, ws) => expect((await admin.policies(ws)).nps).toEqual(defaultPolicy('nps')),
  ],
  savePolicy: ['own', ({ admin }, ws) => admin.savePolicy(ws, { ...defaultPolicy('nps'), sampling: 1 }, NOW)],
  accounts: ['empty', ({ admin }, ws) => admin.accounts(ws)],
  saveAccount: ['own', ({ admin }, ws) => admin.saveAccount(ws, { name: 'acme', weight: 3 })],
  createApiKey: [
    'own',
    ({ admin }, ws) =>
      admin.createApiKey({ id: newId(), workspaceId: ws, name: 'mine', hash: Buffer.from(newId()) }, NOW),
  ],
  apiKeys: ['empty', ({ admin }, ws) => admin.apiKeys(ws)],
  revokeApiKey: ['empty', ({ admin }, ws, { apiKeyId }) => admin.revokeApiKey(ws, apiKeyId, NOW)],
  createCode: [
    'own',
    ({ admin }, ws) =>
      admin.createCode({ hash: Buffer.from(newId()), workspaceId: ws, purpose: 'connect', expiresAt: NOW }),
  ],
  createLink: [
    'empty',
    ({ admin }, ws, { personId }) =>
      admin.createLink({ hash: Buffer.from(newId()), workspaceId: ws, personId, expiresAt: NOW + DAY }),
  ],
  redeemLink: ['empty', ({ admin }, ws, { linkHash }) => admin.redeemLink(ws, linkHash, NOW)],
  audit: [
    'own',
    ({ admin }, ws) =>
      admin.audit(ws, { id: newId(), at: NOW, actor: 'me', action: 'x', subject: 'y', detail: {} }),
  ],
  auditTrail: ['empty', ({ admin }, ws) => admin.auditTrail(ws, 10)],
};

async function otherWorld(test: StoreUnderTest): Promise<Other> {
  const { world, personId } = await annsWorld(test);
  const { admin, mailbox } = world.store;
  const ws = world.workspaceId;
  await addAll(world, [{ ...plain({ id: 'T-1' }), classification: said(['speed:positive'], 'positive') }]);
  const thread = (await mailbox.findThread(ws, 'talk-bea'))!;
  const body = { kind: 'text', text: 'theirs' } as const;
  const message = await mailbox.post(
    ws,
    { threadId: thread.id, author: { kind: 'bot' }, body, key: 'shared' },
    NOW,
  );
  const { response } = await world.answered();
  await admin.saveAccount(ws, { name: 'acme', weight: 7 });
  const apiKeyId = newId();
  await admin.createApiKey(
    { id: apiKeyId, workspaceId: ws, name: 'theirs', hash: Buffer.from(newId()) },
    NOW,
  );
  await admin.savePolicy(ws, { ...defaultPolicy('nps'), enabled: false }, NOW);
  const installation = {
    id: newId(),
    workspaceId: ws,
    platform: 'slack',
    externalId: newId(),
    name: 'x',
    active: true,
    installer: null,
    installedAt: NOW,
  };
  await admin.ensureInstallation(installation);
  const linkHash = Buffer.from(newId());
  await admin.createLink({ hash: linkHash, workspaceId: ws, personId, expiresAt: NOW + DAY });
  return {
    world,
    personId,
    responseId: response.id,
    threadId: thread.id,
    messageId: message.id,
    apiKeyId,
    linkHash,
  };
}

function isNothing(answer: unknown): boolean {
  if (answer === undefined || answer === null || answer === false || answer === 0) return true;
  return answer instanceof Map ? answer.size === 0 : Array.isArray(answer) && answer.length === 0;
}

export function isolationOfPartsContract(test: () => StoreUnderTest): void {
  describe('two workspaces, outside of transactions', () => {
    const parts = {
      reports: REPORTS,
      voices: VOICES,
      tallies: TALLIES,
      readings: READINGS,
      archive: ARCHIVE,
      retention: RETENTION,
      mailbox: MAILBOX,
      admin: ADMIN,
    };
    const calls = Object.entries(parts).flatMap(([part, methods]) =>
      Object.entries(methods).map(
        ([method, [outcome, call]]) => [`${part}.${method}`, outcome, call] as const,
      ),
    );

    it.each(calls)('do not meet: %s with the other’s ids is %s', async (_name, outcome, call) => {
      const other = await otherWorld(test());
      const own = await newWorld(test());
      const rows = () =>
        Promise.all([test().rowsOf(other.world.workspaceId), test().rowsOf(own.workspaceId)]);
      const before = await rows();
      const answer = await call(own.store, own.workspaceId, other).catch((error: unknown) => error);
      if (outcome === 'refused') expect(answer).toMatchObject({ name: 'AfterwordError', kind: 'not_found' });
      else if (outcome === 'empty') expect(isNothing(answer), JSON.stringify(answer)).toBe(true);
      else if (answer instanceof Error) throw answer;
      const after = await rows();
      expect(after[0]).toEqual(before[0]);
      if (outcome !== 'own') expect(after[1]).toEqual(before[1]);
    });
  });
}
