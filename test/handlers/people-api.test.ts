// One person by the API, as other programs meet it: over real sockets, on the real store.
import { expect, it } from 'vitest';
import { apiRoutes, startHttp } from '../../adapters/http/index.ts';
import { DAY } from '../../src/domain/basics.ts';
import { forgetPerson } from '../../src/handlers/forget.ts';
import { describeOnEachStore } from '../support/database.ts';
import { CHAT, customer, House } from './house.ts';

const WORDS = 'The parcel came late, and the door was locked';

describeOnEachStore('People by the API', (database) => {
  async function open(house: House) {
    const key = house.tokens.newKey();
    const row = { id: house.ctx.ids.next(), workspaceId: house.workspaceId, name: 'test' };
    await house.store.admin.createApiKey({ ...row, hash: house.tokens.hashKey(key) }, house.now);
    const mounts = [apiRoutes(house.api, 'https://example.com', house.ctx.log)];
    const server = await startHttp({ host: '127.0.0.1', port: 0, mounts, log: house.ctx.log });
    const call = async (method: string, path: string, bearer: string | null = key) => {
      const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/people/${path}`, {
        method,
        headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
      });
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        body: JSON.parse(await response.text()),
      };
    };
    return { call, stop: () => server.close(0) };
  }

  /** Anna answered twice and has a customer id; Ben answered once. */
  async function helped(house: House) {
    await house.policies({ throttle: 0 });
    const first = await house.ask('anna', {
      customer: 'cust/17',
      subject: 'A parcel',
      profile: { name: 'Anna Lindqvist' },
    });
    await house.score('anna', first.id, 3);
    await house.press(customer('anna'), { kind: 'add_words', promptId: first.id }, { words: WORDS });
    const other = await house.ask('ben');
    await house.score('ben', other.id, 9);
    return await house.personId({ ...CHAT, externalId: 'anna' });
  }

  it('given somebody who answered, when their data is asked for, then one document has everything but what is the team’s, and the trail says so', async () => {
    const house = await House.build(database());
    const personId = await helped(house);
    const { call, stop } = await open(house);
    for (const name of [
      personId,
      encodeURIComponent('cust/17'),
      'chat:T1:anna',
      'chat%3AT1%3Aanna',
      'anna',
    ]) {
      const { status, type, body } = await call('GET', `${name}/export`);
      expect([status, type]).toEqual([200, 'application/json; charset=utf-8']);
      expect(body).toMatchObject({
        exportedAt: new Date(house.now).toISOString(),
        person: { id: personId, customer: 'cust/17', optedOutAt: null },
        identities: [{ platform: 'chat', installation: 'T1', externalId: 'anna', name: 'Anna Lindqvist' }],
        interactions: [
          {
            subject: 'A parcel',
            prompt: {
              survey: 'nps',
              state: 'answered',
              answer: {
                score: 3,
                verbatim: WORDS,
                revisions: [
                  { revision: 1, score: 3, verbatim: null },
                  { revision: 2, score: 3, verbatim: WORDS },
                ],
              },
            },
          },
        ],
        cases: [{ number: 1, state: 'open' }],
        quotes: [],
        messages: [],
      });
      expect(JSON.stringify(body)).not.toMatch(/ben|"agent"|"note"|"owner"/);
    }
    const [entry] = await house.store.admin.auditTrail(house.workspaceId, 1);
    expect(entry).toMatchObject({ actor: 'api', action: 'person.export', subject: personId });
    await stop();
  });

  it('given somebody who answered, when they are forgotten twice, then once it was done, both are good, and one line of the trail names nobody', async () => {
    const house = await House.build(database());
    const personId = await helped(house);
    const { call, stop } = await open(house);
    await call('GET', 'anna/export');
    expect(await call('DELETE', 'chat:T1:anna')).toMatchObject({
      status: 200,
      body: { erased: true, identities: 1, responses: 1 },
    });
    expect(await call('DELETE', 'chat:T1:anna')).toMatchObject({
      status: 200,
      body: { erased: false, identities: 0, responses: 0 },
    });
    expect(await call('GET', 'chat:T1:anna/export')).toMatchObject({
      status: 404,
      type: expect.stringMatching(/^application\/problem\+json/),
    });
    const trail = await house.store.admin.auditTrail(house.workspaceId, 100);
    const erasures = trail.filter(({ action }) => action === 'person.erase');
    expect(erasures).toMatchObject([
      { actor: 'api', subject: 'a person', detail: { identities: 1, responses: 1 } },
    ]);
    expect(JSON.stringify(trail)).not.toMatch(new RegExp(`anna|${personId}|cust/17`, 'i'));
    expect(JSON.stringify(house.log)).not.toMatch(/anna|cust|parcel/i);
    await stop();
  });

  it('given an alert that showed the words, when she is forgotten, then it shows neither them nor her', async () => {
    const house = await House.build(database());
    await house.settings({ alerts: { ...CHAT, channel: 'leads' } });
    const personId = await helped(house);
    await house.pass(DAY / 24);
    const team = () => house.chat.messages.filter(({ to }) => to.kind === 'channel');
    expect(JSON.stringify(team().map(({ views }) => views.at(-1)))).toContain('parcel came late');
    await forgetPerson(house.ctx, house.workspaceId, personId, 'test');
    await house.pass(DAY / 24);
    expect(JSON.stringify(team().map(({ views }) => views.at(-1)))).not.toMatch(/parcel came late|anna/i);
  });

  it('given two people of one outside id, when either is wanted by it, then both are named; and without the key nobody is', async () => {
    const house = await House.build(database());
    await house.help(
      house.closed('dora'),
      house.closed('dora', {}, { platform: 'web', installation: 'local' }),
    );
    const { call, stop } = await open(house);
    for (const [method, path] of [
      ['GET', 'dora/export'],
      ['DELETE', 'dora'],
    ] as const) {
      const { status, body } = await call(method, path);
      expect([status, body.detail]).toEqual([409, expect.stringContaining('chat:T1:dora')]);
      expect((await call(method, path, null)).status).toBe(401);
      expect((await call(method, path, 'wrong')).status).toBe(401);
    }
    expect((await call('DELETE', 'nobody')).body).toEqual({ erased: false, identities: 0, responses: 0 });
    expect((await call('DELETE', '%00%ff')).status).toBe(200);
    expect(JSON.stringify(house.log)).not.toContain('dora');
    await stop();
  });

  it('given another workspace, when its key is used, then nobody of this one is found', async () => {
    const house = await House.build(database());
    const personId = await helped(house);
    const stranger = await House.beside(database());
    const { call, stop } = await open(stranger);
    expect((await call('GET', `${personId}/export`)).status).toBe(404);
    expect((await call('DELETE', personId)).body.erased).toBe(false);
    expect(await house.personId({ ...CHAT, externalId: 'anna' })).toBe(personId);
    await stop();
  });
});
