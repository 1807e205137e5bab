// Every command, by everybody: who may not do it is told so, and nobody is shown what is another workspace's, another role's, or one of a few people's.
import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { PERMISSIONS } from '../../src/domain/command/permission.ts';
import type { Actor } from '../../src/ports/platform.ts';
import type { ArchiveRow } from '../../src/ports/store/archive.ts';
import { said } from '../contracts/store/archive-rows.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House } from './house.ts';

const FUZZED = Number(process.env['FUZZ_COMMANDS'] ?? 60);

const OTHER = { platform: 'chat', installation: 'T9' } as const;

const people = {
  anyone: customer('cora', CHAT, { isTeam: false, isLead: false }),
  team: { ...agent('Tom'), profile: { name: 'Tom', isTeam: true, isLead: false } },
  lead: { ...agent('Lea'), profile: { name: 'Lea', isTeam: false, isLead: true } },
} as const satisfies Readonly<Record<string, Actor>>;
type Who = keyof typeof people;

/** What is written of each kind of command; everything that can be asked about somebody is asked about the others' people too. */
const TYPED: Readonly<Record<keyof typeof PERMISSIONS, readonly string[]>> = {
  help: ['help'],
  opt_in: ['optin'],
  opt_out: ['optout'],
  language: ['language de', 'language off'],
  link_self: ['person link', 'person link 7K2M9QXW4R'],
  forget_me: ['forget me'],
  summary: ['', 'summary 90d', 'summary last month nps'],
  trend: ['trend', 'trend 90d'],
  themes: ['themes'],
  comments: ['comments', 'negative comments', 'comments speed 90d', 'comments positive price'],
  agent: ['agent bob', 'agent zed', 'agent <@bob> 90d'],
  account: ['account own-inc', 'account solo-inc', 'account other-inc'],
  digest_now: ['digest', 'digest preview'],
  why: ['why own-1', 'why chat:T1:own-1', 'why other-1', 'why chat:T9:other-1'],
  ask: ['ask other-1', 'ask chat:T9:other-1 nps'],
  open: ['open'],
  claim: ['claim 1', 'claim 999'],
  close: ['close 999 nothing'],
  settings: ['settings', 'settings zone Europe/Berlin'],
  digest_weekly: ['digest weekly monday 9:00'],
  digest_off: ['digest off'],
  digest_language: ['language channel de'],
  export: ['export', 'export 90d nps'],
  pause: ['pause'],
  resume: ['resume'],
  connect: ['connect', 'connect 7K2M9QXW4R'],
  link_people: ['person link own-1 other-1', 'person link chat:T9:other-1 chat:T9:other-2'],
};

function rowOf(person: string, at: number, alone: boolean, mark: string, now: number) {
  const about = alone ? 'price' : 'speed';
  const row: ArchiveRow = {
    ...{ id: `row ${at}`, source: 'file', survey: 'nps', score: 2, person, locale: 'en', channel: 'help' },
    ...{ sentAt: now - DAY, answeredAt: now - HOUR, verbatim: `words-of-${person}` },
    agent: alone ? 'zed' : 'bob',
    account: alone ? 'solo-inc' : `${mark}-inc`,
  };
  return { row, classification: said([`${about}:negative`], 'negative') };
}

/** Two workspaces with the like in each: five people of one company, and one of a company of their own. */
async function street(database: Parameters<typeof House.build>[0]) {
  const house = await House.build(database);
  const beside = await House.beside(database);
  await beside.install(OTHER.platform, OTHER.installation);
  for (const [one, mark, where] of [
    [house, 'own', CHAT],
    [beside, 'other', OTHER],
  ] as const) {
    const rows = [1, 2, 3, 4, 5, 6].map((n) => rowOf(`${mark}-${n}`, n, n === 6, mark, one.now));
    await one.store.archive.addRows(one.workspaceId, where.platform, rows, newId, one.now);
    const named = rows.map(({ row }) => ({
      identity: { ...where, externalId: row.person! },
      profile: { name: `Name-${row.person}` },
      customer: null,
    }));
    await one.tx((tx) => tx.people.resolve(named, newId, one.now));
    const { id } = await one.ask(`${mark}-7`, {}, where);
    await one.score(`${mark}-7`, id, 1, where);
    await one.pass(MINUTE);
  }
  house.now = Math.max(house.now, beside.now);
  await house.store.admin.noteInstaller(CHAT.platform, CHAT.installation, 'owner');
  await house.settings({ leads: [{ ...CHAT, ref: 'LEADS' }] });
  return { house, beside };
}

const OF_OTHERS = /other-\d|Name-other|words-of-other/u;

/** What each may read. Whoever typed a name reads it again. */
function leaks(said: string, typed: string, who: Who, shown: string): string | null {
  const without = said.replaceAll(typed, '').replace(/“[^”]*”/gu, '');
  if (OF_OTHERS.test(without)) return 'another workspace’s';
  if (who === 'anyone' && /words-of|Name-|own-\d|\bNPS -?\d/u.test(without)) return 'the team’s';
  if (who === 'team' && shown === 'comments' && /Name-/u.test(without)) return 'the leads’';
  return null;
}

describeOnEachStore('the commands', (database) => {
  it('are each for whom the table says, and show nobody what is not theirs', async () => {
    const { house, beside } = await street(database());
    const before = await beside.cases();
    for (const who of Object.keys(people) as Who[]) {
      for (const [kind, texts] of Object.entries(TYPED)) {
        const role = PERMISSIONS[kind as keyof typeof PERMISSIONS];
        const allowed = role === 'anyone' || who === 'lead' || (who === 'team' && role === 'team');
        for (const text of texts) {
          const said = await house.command(people[who], text);
          const what = `${who}: ${text}`;
          expect(said, what).not.toContain('could not be saved');
          const refused = /for the support team\. Here is|That is for leads/u.test(said);
          expect({ what, refused }).toEqual({ what, refused: !allowed });
          expect({ what, leak: leaks(said, text, who, kind), said }).toMatchObject({ what, leak: null });
        }
      }
    }
    // Nothing was done over there.
    expect(await beside.cases()).toEqual(before);
    expect(await beside.fates('other-1', OTHER)).toEqual(['answered']);
    const files = house.chat.messages.filter(({ file }) => file !== undefined);
    expect(files).toHaveLength(2);
    for (const { to, file } of files) {
      expect(to).toEqual({ kind: 'person', externalId: 'lea' });
      const csv = new TextDecoder().decode(file!.data);
      expect(csv).toContain('words-of-own-1');
      expect(csv).not.toMatch(OF_OTHERS);
    }
  }, 60_000);

  it('show names to leads alone, and to nobody where the workspace shows none', async () => {
    const { house } = await street(database());
    expect(await house.command(people.lead, 'comments speed')).toContain('Name-own-1');
    const asTeam = await house.command(people.team, 'comments speed');
    expect(asTeam).toContain('words-of-own-1');
    expect(asTeam).not.toContain('Name-');
    await house.settings({ showNames: false });
    for (const who of ['lead', 'team'] as const) {
      expect(await house.command(people[who], 'comments speed')).not.toContain('Name-');
      expect(await house.command(people[who], 'comments price')).toContain('Fewer than 3 people');
    }
    await house.command(people.lead, 'export');
    const file = house.chat.messages.findLast((one) => one.file)!.file!;
    expect(new TextDecoder().decode(file.data)).not.toMatch(/(?:^|,)own-\d/mu);
  });

  it('show no figures of fewer people than the workspace wants', async () => {
    const { house } = await street(database());
    for (const who of ['team', 'lead'] as const) {
      expect(await house.command(people[who], 'account solo-inc')).toContain('Fewer than 3 people');
      expect(await house.command(people[who], 'agent zed')).toContain('Fewer than 3 people');
      expect(await house.command(people[who], 'account own-inc')).toContain('Answers from own-inc');
      expect(await house.command(people[who], 'agent bob')).toContain('6 answers');
      const themes = await house.command(people[who], 'themes');
      expect(themes).toContain('speed 5');
      expect(themes).not.toContain('price');
      expect(themes).toContain('not shown: fewer than 3 people');
    }
    expect(await house.command(people.team, 'comments price')).toContain('Fewer than 3 people');
    expect(await house.command(people.lead, 'comments price')).toContain('words-of-own-6');
    await house.settings({ minimumPeople: 6 });
    expect(await house.command(people.team, 'account own-inc')).toContain('Fewer than 6 people');
  });

  it('whatever is typed, something is answered, and never what is not theirs', async () => {
    const { house } = await street(database());
    const word = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...Object.values(TYPED).flat()) },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...Object.values(TYPED).flatMap((all) => all.flatMap((one) => one.split(' '))),
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '<@own-1>',
          '<@other-1>',
          'chat:T9:other-1',
          "' OR 1=1 --",
          '%',
          '\\',
          '{0}',
          '*',
          '\0',
          '\uD800',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
    );
    const typed = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(typed, fc.constantFrom(...(Object.keys(people) as Who[])), async (text, who) => {
        const answer = await house.command(people[who], text);
        expect(answer).not.toContain('could not be saved');
        expect(answer).not.toMatch(/words-of-other|Name-other/u);
        if (who === 'anyone') expect(answer).not.toMatch(/words-of|Name-own/u);
        if (who === 'team' && /comment/iu.test(text))
          expect(answer).not.toMatch(/^.*words-of.*\n.*Name-own/mu);
      }),
      { numRuns: FUZZED },
    );
  });
});
