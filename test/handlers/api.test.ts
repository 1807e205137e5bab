// The HTTP API as other programs meet it: over real sockets, on the real store.
import { expect, it } from 'vitest';
import { apiRoutes, healthRoutes, startHttp } from '../../adapters/http/index.ts';
import { AfterwordError, DAY, HOUR, type Id, MINUTE, SECOND } from '../../src/domain/basics.ts';
import { createApi } from '../../src/handlers/api.ts';
import type { Health } from '../../src/ports/health.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, House, lastView, NOON, WEB } from './house.ts';

type Body = { readonly [key: string]: unknown };

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever came back is looked at
  readonly body: any;
}

interface Caller {
  readonly house: House;
  readonly url: string;
  post(path: string, body: unknown, key?: string | null): Promise<Reply>;
  get(path: string, key?: string | null): Promise<Reply>;
  stop(): Promise<void>;
}

async function keyOf(house: House): Promise<{ id: Id; key: string }> {
  const id = house.ctx.ids.next();
  const key = house.tokens.newKey();
  const row = { id, workspaceId: house.workspaceId, name: 'test', hash: house.tokens.hashKey(key) };
  await house.store.admin.createApiKey(row, house.now);
  return { id, key };
}

async function serve(house: House, ownKey: string): Promise<Caller> {
  const log = house.ctx.log;
  const mounts = [apiRoutes(house.api, 'https://example.com', log), ...healthRoutes(house.api, () => false)];
  const server = await startHttp({ host: '127.0.0.1', port: 0, mounts, log });
  const url = `http://127.0.0.1:${server.port}`;
  const call = async (path: string, key: string | null, init: RequestInit): Promise<Reply> => {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    const response = await fetch(`${url}${path}`, { ...init, headers });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      headers: response.headers,
      body: await response.json(),
    };
  };
  return {
    house,
    url,
    post: (path, body, key = ownKey) =>
      call(path, key, {
        method: 'POST',
        body:
          typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      }),
    get: (path, key = ownKey) => call(path, key, {}),
    stop: () => server.close(0),
  };
}

async function open(house: House): Promise<Caller> {
  return await serve(house, (await keyOf(house)).key);
}

function expectProblem(reply: Reply, status: number): void {
  expect(reply.status, JSON.stringify(reply.body)).toBe(status);
  expect(reply.type).toMatch(/^application\/problem\+json/);
  expect(reply.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
}

const INTERACTIONS = '/api/v1/interactions';

let last = 0;
function interaction(more: object = {}): Body {
  last++;
  return { source: 'desk', externalId: `T-${last}`, platform: 'chat', person: `p${last}`, ...more };
}

/** Somebody who was asked, and the token to answer with. */
async function asked(caller: Caller, more: object = {}) {
  const told = await caller.post(INTERACTIONS, interaction({ survey: 'nps', thread: 't', ...more }));
  await caller.house.pass(HOUR);
  const { body } = await caller.get(`/api/v1/prompts/${told.body.prompt.id}`);
  return { id: told.body.prompt.id as Id, token: body.answerToken as string, told: told.body };
}

describeOnEachStore('the API', (database) => {
  /** Runs with an API over HTTP, which is closed whatever happens. */
  const over = (
    name: string,
    test: (caller: Caller) => Promise<void>,
    build = () => House.build(database()),
  ) =>
    it(name, async () => {
      const caller = await open(await build());
      try {
        await test(caller);
      } finally {
        await caller.stop();
      }
    });

  over('takes an interaction and says what will come of it', async ({ post, get, house }) => {
    const full = interaction({
      workspace: 'T1',
      channel: 'C1',
      thread: '17.1',
      agent: 'U2',
      closedAt: new Date(NOON - MINUTE).toISOString(),
      subject: 'Cannot log in',
      account: 'acme',
      locale: 'zh-CN',
      survey: 'ces',
    });
    const reply = await post(INTERACTIONS, full);
    expect(reply.status).toBe(202);
    expect(reply.body).toEqual({
      interactionId: expect.any(String),
      prompt: {
        id: expect.any(String),
        state: 'scheduled',
        reason: null,
        dueAt: new Date(NOON + 9 * MINUTE).toISOString(),
      },
    });
    await house.pass(HOUR);
    expect(lastView(house.chat.messages[0])).toMatch(/Cannot log in[\s\S]*\p{Script=Han}/u);
    expect(house.chat.messages[0]?.to).toEqual({ kind: 'thread', channel: 'C1', thread: '17.1' });
    const prompt = await get(`/api/v1/prompts/${reply.body.prompt.id}`);
    expect(prompt).toMatchObject({
      status: 200,
      body: {
        state: 'sent',
        survey: 'ces',
        interactionId: reply.body.interactionId,
        sentAt: new Date(NOON + 9 * MINUTE).toISOString(),
        answeredAt: null,
        response: null,
      },
    });
  });

  over('gives the same answer to the same interaction, fifty times at once', async ({ post, house }) => {
    const body = interaction();
    const replies = await Promise.all(Array.from({ length: 50 }, () => post(INTERACTIONS, body)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body)))).toHaveLength(1);
    await house.pass(HOUR);
    expect(house.chat.messages).toHaveLength(1);
  });

  over('says why nobody will be asked', async ({ post }) => {
    expect((await post(INTERACTIONS, interaction({ closedBy: 'inactivity' }))).body.prompt).toEqual({
      id: expect.any(String),
      state: 'suppressed',
      reason: 'auto_closed',
      dueAt: null,
    });
    const old = interaction({ closedAt: new Date(NOON - 3 * DAY).toISOString() });
    expect((await post(INTERACTIONS, old)).body.prompt.reason).toBe('too_old');
  });

  over(
    'fills in the only installation that is there, and asks which where there are several',
    async (caller) => {
      const { house, post } = caller;
      const reply = await post(INTERACTIONS, interaction({ platform: undefined }));
      expectProblem(reply, 409);
      await house.uninstall(WEB);
      expect((await post(INTERACTIONS, interaction({ platform: undefined }))).status).toBe(202);
      expectProblem(await post(INTERACTIONS, interaction({ platform: 'slack' })), 404);
      expectProblem(await post(INTERACTIONS, interaction({ workspace: 'T9' })), 404);
      await house.uninstall(CHAT);
      const gone = await post(INTERACTIONS, interaction());
      expect(gone.body.prompt.reason).toBe('workspace_uninstalled');
    },
  );

  over('joins people by their customer id', async ({ post, house }) => {
    await post(INTERACTIONS, interaction({ person: 'a', customer: 'C1' }));
    const other = await post(INTERACTIONS, interaction({ person: 'b', platform: 'web', customer: 'C1' }));
    expect(other.body.prompt.reason).toBe('throttled');
    expect(await house.personId({ ...WEB, externalId: 'b' })).toBe(
      await house.personId({ ...CHAT, externalId: 'a' }),
    );
  });

  over('names every bad field', async ({ post }) => {
    const reply = await post(INTERACTIONS, {
      source: '',
      externalId: 7,
      person: 'x'.repeat(256),
      closedAt: 'yesterday',
      closedBy: 'a cat',
      survey: 'stars',
      locale: 'not a language',
      subject: 'a\0b',
      account: '\ud800',
    });
    expectProblem(reply, 400);
    const fields = reply.body.errors.map(({ field }: { field: string }) => field).sort();
    expect(fields).toEqual([
      'account',
      'closedAt',
      'closedBy',
      'externalId',
      'locale',
      'person',
      'source',
      'subject',
      'survey',
    ]);
    for (const { message } of reply.body.errors) expect(message).toMatch(/\S/);
    for (const bad of ['0000-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '2026-02-30T00:00:00Z'])
      expectProblem(await post(INTERACTIONS, interaction({ closedAt: bad })), 400);
    expectProblem(await post(INTERACTIONS, {}), 400);
    expectProblem(await post(INTERACTIONS, null), 400);
    expectProblem(await post(INTERACTIONS, 7), 400);
  });

  over('takes a time ahead of ours for now', async ({ post, house }) => {
    const reply = await post(INTERACTIONS, interaction({ closedAt: '2031-01-01T00:00:00Z' }));
    expect(reply.body.prompt.dueAt).toBe(new Date(NOON + 10 * MINUTE).toISOString());
    await house.pass(HOUR);
    expect(await house.command(agent(), 'digest now')).toContain('Asked after 1 of 1 conversation');
  });

  over('refuses what is no JSON, no UTF-8 or too large, without keeping it', async ({ post }) => {
    for (const bad of ['', '{', '{"source":', 'null,', new Uint8Array([0x22, 0xff, 0xfe, 0x22])])
      expectProblem(await post(INTERACTIONS, bad), 400);
    expectProblem(await post(INTERACTIONS, `[${' '.repeat(3 * 1024 * 1024)}]`), 413);
  });

  over(
    'takes many at once, each answered in its place; all are well-formed or none is taken',
    async (caller) => {
      const { post, house } = caller;
      const batch = [
        interaction(),
        interaction({ closedBy: 'inactivity' }),
        interaction({ platform: 'slack' }),
        interaction({ person: 'same' }),
        interaction({ person: 'same', thread: 'other' }),
      ];
      const { status, body } = await post(INTERACTIONS, batch);
      expect(status).toBe(202);
      const states = body.results.map((one: Body) => one['prompt'] ?? one);
      expect(states).toMatchObject([
        { state: 'scheduled' },
        { state: 'suppressed', reason: 'auto_closed' },
        { status: 404, title: 'Not found', detail: expect.stringContaining('slack') },
        { state: 'scheduled' },
        { state: 'suppressed', reason: 'throttled' },
      ]);
      expect(await post(INTERACTIONS, batch)).toMatchObject({ status: 202, body });

      const bad = await post(INTERACTIONS, [
        interaction({ person: 'new' }),
        interaction({ survey: 'stars' }),
      ]);
      expectProblem(bad, 400);
      expect(bad.body.errors).toMatchObject([{ field: '[1].survey' }]);
      expect(await house.tx((tx) => tx.people.find({ ...CHAT, externalId: 'new' }))).toBeNull();
      expectProblem(await post(INTERACTIONS, []), 400);
      expectProblem(
        await post(
          INTERACTIONS,
          Array.from({ length: 1001 }, () => interaction()),
        ),
        400,
      );
    },
  );

  over('lets nobody in without a key that holds', async ({ post, get, house }) => {
    const forged = house.tokens.newKey();
    for (const key of [null, forged, 'x', `${forged} x`]) {
      for (const reply of [
        await post(INTERACTIONS, interaction(), key),
        await get(`/api/v1/prompts/${house.workspaceId}`, key),
        await post(`${INTERACTIONS}/${house.workspaceId}/reopen`, {}, key),
      ]) {
        expectProblem(reply, 401);
        expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  over('lets a revoked key in for two seconds at most', async ({ get, house }) => {
    const { id, key } = await keyOf(house);
    const nothing = `/api/v1/prompts/${house.workspaceId}`;
    expect((await get(nothing, key)).status).toBe(404);
    await house.store.admin.revokeApiKey(house.workspaceId, id, house.now);
    house.now += 2 * SECOND;
    expect((await get(nothing, key)).status).toBe(401);
  });

  over('looks at a key again when the clock was set back', async ({ get, house }) => {
    const { id, key } = await keyOf(house);
    const nothing = `/api/v1/prompts/${house.workspaceId}`;
    expect((await get(nothing, key)).status).toBe(404);
    await house.store.admin.revokeApiKey(house.workspaceId, id, house.now);
    house.now -= HOUR;
    expect((await get(nothing, key)).status).toBe(401);
  });

  over('shows a workspace nothing of another', async (caller) => {
    const { get, post, house } = caller;
    const { id, told } = await asked(caller);
    const stranger = await House.beside(database());
    const { key } = await keyOf(stranger);
    expectProblem(await get(`/api/v1/prompts/${id}`, key), 404);
    expectProblem(await post(`${INTERACTIONS}/${told.interactionId}/reopen`, {}, key), 404);
    expect((await house.prompt(id)).state.status).toBe('sent');
    for (const path of ['prompts/x', 'prompts/0', `prompts/${house.workspaceId}`])
      expectProblem(await get(`/api/v1/${path}`), 404);
  });

  over('takes back what is not yet sent', async ({ post, get, house }) => {
    const { body } = await post(INTERACTIONS, interaction());
    const reopened = await post(`${INTERACTIONS}/${body.interactionId.toUpperCase()}/reopen`, '');
    expect(reopened).toMatchObject({
      status: 200,
      body: { cancelled: true, prompt: { state: 'suppressed', reason: 'reopened' } },
    });
    await house.pass(HOUR);
    expect(house.chat.messages).toEqual([]);
    expect((await post(`${INTERACTIONS}/${body.interactionId}/reopen`, {})).body.cancelled).toBe(false);
    expect((await get(`/api/v1/prompts/${body.prompt.id}`)).body).toMatchObject({ answerToken: null });
    expectProblem(await post(`${INTERACTIONS}/nope/reopen`, {}), 404);
  });

  over('takes an answer by the prompt’s own token, in the header or in the body', async (caller) => {
    const { post, get, house } = caller;
    const { id, token } = await asked(caller);
    const path = `/api/v1/prompts/${id}/answers`;
    const first = await post(path, { score: 9, verbatim: 'quick' }, token);
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'answered', response: { score: 9, verbatim: 'quick', revision: 1, late: false } },
    });
    expect(first.body).not.toHaveProperty('interactionId');
    const second = await post(path, { score: 2, token }, null);
    expect(second.body.response).toEqual({ score: 2, verbatim: 'quick', revision: 2, late: false });
    await house.workUntil(house.now);
    expect(lastView(house.chat.messages[0])).toBe('Answered. Thank you!');
    expect((await get(`/api/v1/prompts/${id}`)).body.response.score).toBe(2);
    expect(await house.cases()).toHaveLength(1);
  });

  over('takes the same answer twenty times at once as one', async (caller) => {
    const { id, token } = await asked(caller);
    const path = `/api/v1/prompts/${id}/answers`;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => caller.post(path, { score: 9 }, token)),
    );
    expect(new Set(replies.map((reply) => `${reply.status} ${JSON.stringify(reply.body)}`))).toHaveLength(1);
    expect(await caller.house.revisions(id)).toEqual([9]);
  });

  over('takes a decline by the token, and shows it on the message', async (caller) => {
    const { id, token } = await asked(caller);
    const reply = await caller.post(`/api/v1/prompts/${id}/answers`, { decline: true }, token);
    expect(reply).toMatchObject({ status: 200, body: { state: 'declined', response: null } });
    await caller.house.pass(5 * DAY);
    expect(caller.house.chat.messages).toHaveLength(1);
    expect(lastView(caller.house.chat.messages[0])).toContain('No problem');
  });

  over('refuses another’s token, a forged one, and none', async (caller) => {
    const { post, house } = caller;
    const [one, two] = [await asked(caller), await asked(caller)];
    const path = `/api/v1/prompts/${one.id}/answers`;
    expectProblem(await post(path, { score: 9 }, two.token), 403);
    expectProblem(await post(path, { score: 9 }, `${one.token.slice(0, -1)}_`), 403);
    expectProblem(await post(path, { score: 9 }, 'x'), 403);
    expectProblem(await post(path, { score: 9, token: 'x' }, null), 403);
    const none = await post(path, { score: 9 }, null);
    expectProblem(none, 401);
    expect(none.headers.get('www-authenticate')).toBe('Bearer');
    expectProblem(await post(`/api/v1/prompts/${house.workspaceId}/answers`, { score: 9 }, one.token), 403);
    expectProblem(await post('/api/v1/prompts/x/answers', { score: 9 }, one.token), 404);
    expect(await house.response(one.id)).toBeNull();
  });

  over('names what is wrong with an answer', async (caller) => {
    const { id, token } = await asked(caller);
    const path = `/api/v1/prompts/${id}/answers`;
    for (const score of [-1, 11, 9.5, '9.0', 'nine', '', true, null, [9], {}]) {
      const reply = await caller.post(path, { score }, token);
      expectProblem(reply, 400);
      expect(reply.body.errors).toMatchObject([{ field: 'score' }]);
    }
    expect((await caller.post(path, { score: 99 }, token)).body.detail).toContain('from 0 to 10');
    for (const bad of [{}, { verbatim: 7 }, { decline: 'yes' }, { verbatim: 'words alone' }, [], 'x'])
      expectProblem(await caller.post(path, bad, token), 400);
    const both = await caller.post(path, { score: 9, decline: true }, token);
    expectProblem(both, 400);
    expect(both.body.errors).toMatchObject([{ field: 'decline' }]);
    expectProblem(await caller.post(path, { score: 9, verbatim: 'x'.repeat(300_000) }, token), 413);
    expect(
      (await caller.post(path, { score: '0', verbatim: 'a\0b\ud800' }, token)).body.response,
    ).toMatchObject({
      score: 0,
      verbatim: 'ab\ufffd',
    });
  });

  over('refuses to answer what was not asked', async ({ post, house }) => {
    const { body } = await post(INTERACTIONS, interaction());
    const token = house.tokens.sign(house.workspaceId, body.prompt.id);
    const path = `/api/v1/prompts/${body.prompt.id}/answers`;
    expectProblem(await post(path, { score: 9 }, token), 409);
    expectProblem(await post(path, { decline: true }, token), 409);
    const nobody = house.tokens.sign(house.workspaceId, house.workspaceId);
    expectProblem(await post(`/api/v1/prompts/${house.workspaceId}/answers`, { score: 9 }, nobody), 404);
  });

  over('keeps an answer that comes late, and marks it', async (caller) => {
    const { id, token } = await asked(caller);
    await caller.house.pass(8 * DAY);
    const reply = await caller.post(`/api/v1/prompts/${id}/answers`, { score: 9 }, token);
    expect(reply.body.response).toMatchObject({ score: 9, late: true });
  });

  over('says that it cannot be reached for a while, and nothing from inside', async (caller) => {
    const down = (kind: 'unavailable' | 'busy' | 'broken'): Partial<Store> => ({
      async transaction() {
        const error = new Error('password authentication failed for user "postgres"');
        throw new AfterwordError(kind, 'connect ECONNREFUSED 10.0.0.7:5432', 'look at DATABASE_URL', error);
      },
    });
    for (const [kind, status] of [
      ['unavailable', 503],
      ['busy', 503],
      ['broken', 500],
    ] as const) {
      const house = caller.house.another({ store: (store) => ({ ...store, ...down(kind) }) });
      const { key } = await keyOf(caller.house);
      const away = await serve(house, key);
      try {
        for (const reply of [
          await away.post(INTERACTIONS, interaction()),
          await away.get(`/api/v1/prompts/${house.workspaceId}`),
        ]) {
          expectProblem(reply, status);
          expect(reply.headers.get('retry-after')).toBe(status === 503 ? '2' : null);
          expect(JSON.stringify(reply.body)).not.toMatch(/ECONN|10\.0|DATABASE|password|postgres/i);
        }
      } finally {
        await away.stop();
      }
    }
  });
});

describeOnEachStore('readiness', (database) => {
  const bad: Health = { ok: false, detail: 'connect ECONNREFUSED 10.0.0.7:5432', remedy: 'look at it' };

  it('is given when everything answers, and names what does not', async () => {
    const house = await House.build(database());
    let queue: () => Promise<Health> = async () => ({ ok: true, detail: '' });
    const api = createApi(
      house.ctx,
      { name: 'none', health: () => queue() },
      house.tokens,
      async (_ms, work) => await work,
    );
    const mounts = healthRoutes(api, () => false);
    const server = await startHttp({ host: '127.0.0.1', port: 0, mounts, log: house.ctx.log });
    const ready = async () => {
      const response = await fetch(`http://127.0.0.1:${server.port}/readyz`);
      return { status: response.status, text: await response.text() };
    };
    try {
      const all = await ready();
      expect(all.status, all.text).toBe(200);
      queue = async () => bad;
      const without = await ready();
      expect(without.status).toBe(503);
      expect(JSON.parse(without.text).down).toEqual(['queue']);
      expect(without.text).not.toContain('10.0.0.7');
      queue = async () => {
        throw new Error('no idea');
      };
      expect(JSON.parse((await ready()).text).down).toEqual(['queue']);
      house.chat.health = async () => bad as never;
      expect(JSON.parse((await ready()).text).down).toEqual(['queue', 'chat']);
      expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${server.port}/healthzz`)).status).toBe(404);
      expect(house.log.some(({ fields }) => JSON.stringify(fields).includes('10.0.0.7'))).toBe(true);
    } finally {
      await server.close(0);
    }
  });
});
