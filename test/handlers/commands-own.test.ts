// What anybody decides about themselves by `/nps`, and what leads decide for the workspace besides its settings.
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, NOON, textOf, WEB } from './house.ts';

const sam = agent();
const anna = customer('anna', CHAT, { isTeam: false });
const annaOnTheWeb = customer('anna.web', WEB, { isTeam: false });

async function trailOf(house: House) {
  const all = await house.store.admin.auditTrail(house.workspaceId, 10);
  return all.map(({ action, actor, detail }) => ({ action, actor, changed: detail['changed'] }));
}

describeOnEachStore('whoever types', (database) => {
  it('a language is answered in it from then on, asked in it, and again in their app’s when they take it back', async () => {
    const house = await House.build(database());
    expect(await house.command(anna, 'language deutsch')).toContain('Deutsch');
    expect(await house.command(anna, 'help')).toContain('Für alle');
    const prompt = await house.ask('anna', { profile: { locale: 'fr' } });
    expect(prompt.locale).toBe('de');
    expect(
      textOf({ kind: 'done', shared: null, subject: null, reply: house.chat.messages.at(-1)!.views[0]! }),
    ).toContain('Wie wahrscheinlich');
    expect(await house.command(anna, 'Sprache aus')).toContain('langue de votre application');
    expect(await house.command(anna, 'language klingon')).toContain('language [channel] en|zh');
  });

  it('a code of their own elsewhere is one person here and there, and an opt-out holds for both', async () => {
    const house = await House.build(database());
    const told = await house.command(anna, 'person link');
    const code = /person link ([0-9A-Z]{10})/u.exec(told)![1]!;
    expect(await house.command(annaOnTheWeb, `person link ${code.toLowerCase()}`)).toContain(
      'one person here and there',
    );
    expect(await house.personId(annaOnTheWeb.identity)).toBe(await house.personId(anna.identity));
    expect(await house.command(annaOnTheWeb, `person link ${code}`)).toContain('not known here');
    await house.command(anna, 'optout');
    const [outcome] = await house.help(house.closed('anna.web', {}, WEB));
    expect(outcome?.prompt?.reason).toBe('opted_out');
    const again = /person link ([0-9A-Z]{10})/u.exec(await house.command(anna, 'person link'))![1]!;
    expect(await house.command(annaOnTheWeb, `person link ${again}`)).toContain('already');
    const late = /person link ([0-9A-Z]{10})/u.exec(await house.command(anna, 'person link'))![1]!;
    await house.pass(HOUR);
    expect(await house.command(customer('eve'), `person link ${late}`)).toContain('not known here');
  });

  it('a code that somebody of another workspace made learns nothing, and the code stays good', async () => {
    const house = await House.build(database());
    const beside = await House.beside(database());
    await beside.install('chat', 'T9');
    const code = /person link ([0-9A-Z]{10})/u.exec(await house.command(anna, 'person link'))![1]!;
    const stranger = customer('eve', { platform: 'chat', installation: 'T9' });
    expect(await beside.command(stranger, `person link ${code}`)).toContain('not known here');
    expect(await house.command(annaOnTheWeb, `person link ${code}`)).toContain('Linked');
  });

  it('that they be forgotten are asked once more, and then nothing is left but that they had opted out', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 2);
    await house.press(anna, { kind: 'add_words', promptId: prompt.id }, { words: 'secret words' });
    await house.command(anna, 'optout');
    expect(await house.command(anna, 'forget me')).toContain('This cannot be undone');
    expect(await house.response(prompt.id)).not.toBeNull();
    expect(textOf(await house.press(anna, { kind: 'forget_me' }))).toContain(
      'everything about you is erased',
    );
    expect(await house.command(sam, 'why anna')).toContain('Nobody called');
    expect(await house.command(sam, 'comments')).not.toContain('secret words');
    expect(textOf(await house.press(anna, { kind: 'forget_me' }))).toContain('Nothing is known about you');
    expect((await house.help(house.closed('anna')))[0]?.prompt?.reason).toBe('opted_out');
  });
});

describeOnEachStore('a lead', (database) => {
  it('pauses: what comes due meanwhile is skipped with its reason, settings and home say so, and it ends', async () => {
    const house = await House.build(database());
    await house.help(house.closed('anna', { survey: 'nps', delay: 10 * MINUTE }));
    expect(await house.command(sam, 'pause')).toContain('nobody is asked');
    await house.command(sam, 'pause');
    await house.pass(HOUR);
    expect(house.chat.messages).toEqual([]);
    expect(await house.fates('anna')).toEqual(['survey_off']);
    expect(await house.command(sam, 'why anna')).toContain('surveys are off or paused (survey_off)');
    expect(await house.command(sam, 'settings')).toMatch(/Questions: paused/u);
    expect(await house.home(sam)).toContain('Paused');
    expect(await house.command(sam, 'resume')).toContain('asked again');
    await house.ask('ben');
    expect(house.chat.messages).toHaveLength(1);
    expect(await trailOf(house)).toEqual([
      { action: 'resume', actor: 'chat:T1:sam', changed: { paused: [true, false] } },
      { action: 'pause', actor: 'chat:T1:sam', changed: { paused: [false, true] } },
    ]);
  });

  it('sees who changed what last, from what to what', async () => {
    const house = await House.build(database());
    await house.command(sam, 'settings reaction tada');
    await house.command(sam, 'settings zone Europe/Berlin');
    const shown = (await house.command(sam, 'settings')).replace(/\s+/gu, ' ');
    expect(shown).toMatch(
      /sam · changed settings · zone: UTC → Europe\/Berlin[\s\S]*reaction: white_check_mark → tada/u,
    );
  });

  it('chooses the language of the digest in a channel where one comes', async () => {
    const house = await House.build(database());
    expect(await house.command(sam, 'language channel zh')).toContain('No digest comes to this channel');
    await house.command(sam, 'digest weekly monday 9:00');
    expect(await house.command(sam, 'language channel zh')).toContain('本频道的周报使用中文');
    await house.command(sam, 'digest weekly tuesday 9:00');
    await house.workUntil(NOON + 8 * DAY);
    expect(
      textOf({ kind: 'done', shared: null, subject: null, reply: house.chat.messages.at(-1)!.views[0]! }),
    ).toMatch(/\p{Script=Han}/u);
  });

  it('joins two people whom everybody else leaves apart', async () => {
    const house = await House.build(database());
    for (const name of ['ann', 'anne']) await house.help(house.closed(name, { closedBy: 'inactivity' }));
    expect(await house.command(sam, 'person link ann nobody')).toContain('Nobody called “nobody”');
    expect(await house.command(sam, 'person link ann anne')).toContain('ann and anne are one person');
    const ids = await Promise.all(
      ['ann', 'anne'].map((externalId) => house.personId({ ...CHAT, externalId })),
    );
    expect(ids[0]).toBe(ids[1]);
  });

  it('whose export cannot be sent, does not fit or is empty, is told what to do', async () => {
    const house = await House.build(database(), { capabilities: { fileBytes: 400 } });
    expect(await house.command(sam, 'export')).toContain('nothing to export');
    const prompt = await house.ask('anna');
    await house.score('anna', prompt.id, 9);
    expect(await house.command(sam, 'export')).toContain('1 row, sent to you directly');
    for (const name of ['b', 'c', 'd', 'e']) await house.ask(name);
    expect(await house.command(sam, 'export')).toContain('too much for a message');
    expect(await house.command(sam, 'export yesterday')).toContain('nothing to export');
    await house.pass(DAY);
    await house.ask('f');
    await house.pass(MINUTE);
    house.chat.obstacle = () => ({ refuse: 'no_reachable_channel' });
    expect(await house.command(sam, 'export today')).toContain('cannot send you a file');
    expect(house.chat.messages.filter(({ file }) => file)).toHaveLength(1);
    const lead = agent('Web', WEB);
    expect(await house.command(lead, 'export')).toContain('cannot send you a file');
  });
});
