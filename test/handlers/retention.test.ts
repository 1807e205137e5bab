// Words and people are kept no longer than the workspace says, in bites, with one line in the trail for each that changed something.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../../src/domain/basics.ts';
import { retentionPlan } from '../../src/domain/survey/retention.ts';
import { workspaceSettingsSchema } from '../../src/domain/survey/settings.ts';
import { close } from '../../src/handlers/close-loop.ts';
import { forgetPerson } from '../../src/handlers/forget.ts';
import { retain } from '../../src/handlers/retain.ts';
import { describeOnEachStore } from '../support/database.ts';
import { CHAT, customer, House, lastView } from './house.ts';

const WORDS = 'The parcel came late, and the door was locked';

it('given any settings, when it is planned, then what is kept for ever has no end, and what is not ends so long ago', () => {
  const span = fc.option(fc.integer({ min: DAY, max: 4_000 * DAY }));
  fc.assert(
    fc.property(span, span, fc.integer({ min: 0, max: 4e12 }), (verbatims, identities, now) => {
      const { retention } = workspaceSettingsSchema.parse({ retention: { verbatims, identities } });
      expect(retentionPlan(retention, now)).toEqual({
        wordsBefore: verbatims === null ? null : now - verbatims,
        quietBefore: identities === null ? null : now - identities,
      });
    }),
  );
  expect(workspaceSettingsSchema.parse({}).retention).toEqual({ verbatims: null, identities: null });
  expect(workspaceSettingsSchema.safeParse({ retention: { verbatims: 1 } }).success).toBe(false);
});

describeOnEachStore('Retention', (database) => {
  async function answered(house: House) {
    await house.settings({ alerts: { ...CHAT, channel: 'leads' } });
    await house.policies({ throttle: 0, reminder: null });
    const prompt = await house.ask('anna', { subject: 'A parcel', profile: { name: 'Anna Lindqvist' } });
    await house.score('anna', prompt.id, 3);
    await house.press(customer('anna'), { kind: 'add_words', promptId: prompt.id }, { words: WORDS });
    await house.pass(DAY / 24);
    return prompt;
  }
  const trailOf = async (house: House) =>
    (await house.store.admin.auditTrail(house.workspaceId, 100)).filter(({ actor }) => actor === 'retention');
  const alertsOf = (house: House) =>
    JSON.stringify(
      house.chat.messages.filter(({ to }) => to.kind === 'channel').map(({ views }) => views.at(-1)),
    );

  it('given nothing was decided, when years go by, then everything is kept and nothing is noted', async () => {
    const house = await House.build(database());
    const prompt = await answered(house);
    house.now += 3_000 * DAY;
    expect(await retain(house.ctx)).toBe(false);
    expect(await house.response(prompt.id)).toMatchObject({ verbatim: WORDS });
    expect(await trailOf(house)).toEqual([]);
  });

  it('given words are kept for 30 days and names for a year, when both are over, then the words go, later the person, and the score stays', async () => {
    const house = await House.build(database());
    const prompt = await answered(house);
    await house.settings({ retention: { verbatims: 30 * DAY, identities: 365 * DAY } });
    house.now += 29 * DAY;
    await retain(house.ctx);
    expect(await house.response(prompt.id)).toMatchObject({ verbatim: WORDS });
    expect(alertsOf(house)).toContain('parcel came late');
    expect(await trailOf(house)).toEqual([]);

    house.now += 2 * DAY;
    expect(await retain(house.ctx)).toBe(false);
    await house.workUntil(house.now);
    expect(await house.response(prompt.id)).toMatchObject({ verbatim: null, score: 3 });
    expect(alertsOf(house)).not.toContain('parcel came late');
    expect(await trailOf(house)).toMatchObject([
      { action: 'retention.apply', detail: { answers: 1, versions: 1, subjects: 1 } },
    ]);

    // Somebody still waits for an answer to that case: nobody is forgotten before it is closed.
    house.now += 400 * DAY;
    await retain(house.ctx);
    expect(await house.personId({ ...CHAT, externalId: 'anna' })).toBeTruthy();
    const [open] = await house.cases();
    await close(house.ctx, house.workspaceId, open!.followUp.id, { by: 'Sam', who: null }, 'rang her');
    house.now += 366 * DAY;
    expect(await retain(house.ctx)).toBe(false);
    expect(await house.tx((tx) => tx.people.find({ ...CHAT, externalId: 'anna' }))).toBeNull();
    expect(await house.response(prompt.id)).toMatchObject({ score: 3 });
    const lines = await trailOf(house);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ detail: { people: 1 } });
    expect(JSON.stringify([lines, house.log])).not.toMatch(/anna|parcel/i);

    expect(await retain(house.ctx)).toBe(false);
    expect(await trailOf(house)).toHaveLength(2);
  });

  it('given two processes, when both are at it, then it is done once', async () => {
    const house = await House.build(database());
    await answered(house);
    await house.settings({ retention: { verbatims: 30 * DAY, identities: null } });
    house.now += 31 * DAY;
    const other = house.another();
    await Promise.all([retain(house.ctx), retain(other.ctx)]);
    const lines = await trailOf(house);
    const answers = lines.reduce((sum, { detail }) => sum + Number(detail['answers'] ?? 0), 0);
    expect(answers).toBe(1);
  });

  it('given a digest that quoted her, when she is forgotten, then its message is shown anew without the quote and with the same figures', async () => {
    const house = await House.build(database());
    await house.settings({ minimumPeople: 1 });
    await house.digest(CHAT, { weekday: 4, time: 9 * 60, zone: 'UTC' });
    await answered(house);
    await house.pass(2 * DAY);
    const digests = () => house.chat.messages.filter(({ key }) => key.startsWith('digest-'));
    expect(digests()).toHaveLength(1);
    const before = lastView(digests()[0]);
    expect(before).toContain('parcel came late');
    await forgetPerson(
      house.ctx,
      house.workspaceId,
      await house.personId({ ...CHAT, externalId: 'anna' }),
      'test',
    );
    await house.pass(DAY / 24);
    expect(digests()).toHaveLength(1);
    const after = lastView(digests()[0]);
    expect(after).not.toMatch(/parcel came late|anna/i);
    const figures = (text: string) =>
      text.split('\n').filter((line) => /NPS|\d+ %/.test(line) && !line.includes('—'));
    expect(figures(after)).toEqual(figures(before));
    expect(figures(after)).not.toEqual([]);

    // Neither this nor what is kept no longer is a correction: no figure of that week has changed.
    await house.settings({ retention: { verbatims: DAY, identities: null } });
    await retain(house.ctx);
    await house.pass(7 * DAY);
    expect(digests()).toHaveLength(2);
    const { content } = (
      await house.database.pool.query(
        'SELECT content FROM digest_issues WHERE workspace_id = $1 ORDER BY due_at DESC LIMIT 1',
        [house.workspaceId],
      )
    ).rows[0];
    expect(content.corrections).toEqual([]);
  });
});
