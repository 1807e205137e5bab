// Which gestures of people end a conversation and which take that back; and what we ourselves cause does neither.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../fakes/discord/index.ts';
import { eventually } from '../../support/eventually.ts';
import { done, post, type Stage, sentence, stage } from './receiving.ts';

const DAY = 24 * 3_600_000;

describe('given a thread of a customer in which the team helped', () => {
  let at: Stage;
  let thread: Channel;
  beforeEach(async () => {
    at = await stage();
    thread = at.ann.startThread(at.help, 'It does not work');
    at.ann.post(thread, 'It does not work');
    at.bob.post(thread, 'Now it does');
    await eventually('both were heard', () => at.of('message').length === 2);
  });
  afterEach(async () => {
    expect(at.discord.violations).toEqual([]);
    await at.close();
  });
  const closings = () => at.of('interaction_closed');
  const reopenings = () => at.of('interaction_reopened');

  it('when the team archives it, then it is done, for the customer, with the helper', async () => {
    at.bob.archive(thread);
    const closed = await eventually('a closing', () => closings()[0]);
    expect(closed).toMatchObject({
      kind: 'interaction_closed',
      triggeredBy: null,
      interaction: {
        source: 'discord',
        place: { platform: 'discord', installation: at.acme.id, channel: at.help.id, thread: thread.id },
        person: { externalId: at.ann.id },
        profile: { name: 'ann', isTeam: false, isBot: false },
        agent: at.bob.id,
        closedBy: 'person',
      },
    });
    expect(closed.interaction.externalId).toMatch(new RegExp(`^${thread.id}:archived:\\d+$`, 'u'));
  });

  it.each([
    ['locks it', (at: Stage, thread: Channel) => at.bob.lock(thread)],
    ['locks and archives it', (at: Stage, thread: Channel) => at.bob.closeThread(thread)],
  ])('when the team %s, then it is done once', async (_, act) => {
    act(at, thread);
    await eventually('a closing', () => closings().length > 0);
    at.acme.expel();
    await eventually('what came later', () => at.of('uninstalled').length > 0);
    expect(closings()).toHaveLength(1);
    expect(closings()[0]!.interaction.closedBy).toBe('person');
  });

  it('when it falls asleep, then nobody ended it', async () => {
    at.discord.advance(3 * DAY + 5 * 60_000);
    at.discord.fallAsleep(thread);
    const closed = await eventually('a closing', () => closings()[0]);
    expect(closed.interaction.closedBy).toBe('inactivity');
  });

  it('when a person opens it again, then that takes it back', async () => {
    at.bob.archive(thread);
    await eventually('a closing', () => closings().length > 0);
    at.discord.advance(60_000);
    at.ann.unarchive(thread);
    await eventually('a reopening', () => reopenings().length > 0);
    expect(reopenings()[0]!.place).toMatchObject({ channel: at.help.id, thread: thread.id });
  });

  it('when the customer writes again, then the handlers hear it, without a word of what', async () => {
    at.ann.post(thread, 'One more thing');
    const message = await eventually('a third message', () => at.of('message')[2]);
    expect(message).toMatchObject({
      text: '',
      by: { identity: { externalId: at.ann.id }, profile: { isTeam: false } },
    });
  });

  it('when our own question opens it, then that is nothing, nor is its being archived again', async () => {
    at.bob.archive(thread);
    await eventually('a closing', () => closings().length > 0);
    at.discord.advance(60_000);
    await post(at, thread);
    at.bob.archive(thread);
    await eventually('the end of our own opening', () =>
      at.lines.some(({ message }) => message === 'a thread ends in which nothing was said since'),
    );
    expect(reopenings()).toEqual([]);
    expect(closings()).toHaveLength(1);
  });

  it('when ✅ is put on a message by the team, then it is done, and undone when it is taken away', async () => {
    const message = at.discord.messages(thread)[0]!;
    at.bob.react(message, '✅');
    const closed = await eventually('a closing', () => closings()[0]);
    expect(closed).toMatchObject({
      triggeredBy: { identity: { externalId: at.bob.id }, profile: { isTeam: true } },
      interaction: { person: { externalId: at.ann.id }, agent: at.bob.id, closedBy: 'person' },
    });
    at.bob.unreact(message, '✅');
    await eventually('a reopening', () => reopenings().length > 0);
  });

  it('when others react, or with something else, then nothing is done', async () => {
    const message = at.discord.messages(thread)[0]!;
    at.ann.react(message, '✅');
    at.bob.react(message, '🎉');
    at.bob.react(at.bob.post(at.help, 'Not in a thread'), '✅');
    at.acme.expel();
    await eventually('what came later', () => at.of('uninstalled').length > 0);
    expect(closings()).toEqual([]);
  });

  it('when everything is told twice, then it is done once', async () => {
    at.discord.mischief.events({ duplicate: 1 });
    at.bob.react(at.discord.messages(thread)[0]!, '✅');
    at.bob.archive(thread);
    await eventually('a closing', () => closings().length > 0);
    at.acme.expel();
    await eventually('what came later', () => at.of('uninstalled').length > 0);
    expect(closings()).toHaveLength(1);
  });

  it('when the store is away at that moment, then it is done when it is back', async () => {
    let tries = 0;
    at.handle = async () => {
      tries += 1;
      return tries === 1 ? { kind: 'failed', reply: sentence('later') } : done(null, null);
    };
    at.bob.archive(thread);
    await eventually('a second try', () => closings().length === 2);
    expect(closings()[0]).toEqual(closings()[1]);
  });
});

describe('given a forum with tags', () => {
  let at: Stage;
  let forum: Channel;
  let post: Channel;
  beforeEach(async () => {
    at = await stage();
    forum = at.acme.forum('questions', ['✅ Resolved', 'urgent', '已解决']);
    // The fake tells of a forum before it has its tags.
    at.acme.overwrite(forum, 'everyone', {});
    post = at.ann.forumPost(forum, 'Broken', 'It does not work');
    await eventually('it was heard', () => at.of('message').length === 1);
  });
  afterEach(async () => await at.close());

  it.each(['✅ Resolved', '已解决'])(
    'when the post is tagged %s, then it is done; and not when the tag is taken away',
    async (tag) => {
      at.bob.tag(post, 'urgent');
      at.bob.tag(post, tag);
      const closed = await eventually('a closing', () => at.of('interaction_closed')[0]);
      expect(closed.interaction).toMatchObject({ person: { externalId: at.ann.id }, closedBy: 'person' });
      at.bob.untag(post, tag);
      await eventually('a reopening', () => at.of('interaction_reopened').length > 0);
      expect(at.of('interaction_closed')).toHaveLength(1);
    },
  );
});

describe('given a thread that the team began at a message of a customer', () => {
  it('when it is archived, then it is the conversation of whoever wrote the message', async () => {
    const at = await stage();
    const question = at.ann.post(at.help, 'It does not work');
    const thread = at.bob.startThread(at.help, 'Help for ann', { at: question });
    at.bob.post(thread, 'Now it does');
    await eventually('it was heard', () => at.of('message').length === 1);
    at.bob.archive(thread);
    const closed = await eventually('a closing', () => at.of('interaction_closed')[0]);
    expect(closed.interaction.person.externalId).toBe(at.ann.id);
    await at.close();
  });
});

describe('given direct messages', () => {
  it('when somebody answers our question there, then it is about the server that the question came from, and they read what came of it', async () => {
    const at = await stage();
    const other = at.discord.guild('Other');
    other.join(at.ann);
    await post(at, at.ann.directChannel());
    at.handle = async (event) =>
      event.kind === 'message' ? done(null, sentence('You said 9.')) : done(null, null);
    at.ann.direct('9 – quick help');
    const message = await eventually('a message', () => at.of('message')[0]);
    expect(message).toMatchObject({
      place: { installation: at.acme.id, channel: null, thread: null },
      text: '9 – quick help',
      by: { identity: { installation: at.acme.id, externalId: at.ann.id } },
    });
    await eventually('a reply', () =>
      at.discord.directs(at.ann).some((one) => at.discord.readable(one).includes('You said 9')),
    );
    expect(at.discord.violations).toEqual([]);
    await at.close();
  });

  it('when they write after a long time, then Discord is asked whose server it was', async () => {
    const at = await stage();
    at.discord.mischief.hold(({ t }) => t === 'MESSAGE_CREATE');
    await post(at, at.ann.directChannel());
    at.discord.mischief.release(() => []);
    at.ann.direct('9');
    expect(await eventually('a message', () => at.of('message')[0])).toMatchObject({
      place: { installation: at.acme.id },
    });
    await at.close();
  });
});

describe('given servers', () => {
  it('when the bot is added, away for a while and removed, then that is told in order', async () => {
    const at = await stage();
    const [first] = at.of('installed');
    expect(first).toMatchObject({
      at: { platform: 'discord', installation: at.acme.id },
      name: 'Acme',
      installer: at.acme.owner.id,
      credentials: null,
    });
    const other = at.discord.guild('Other', { without: true });
    other.invite();
    await eventually('the other', () => at.of('installed').length === 2);
    other.outage();
    other.recover();
    await eventually('the other again', () => at.of('installed').length === 3);
    expect(at.of('uninstalled')).toEqual([]);
    other.expel();
    await eventually('its removal', () => at.of('uninstalled').length === 1);
    expect(at.of('uninstalled')[0]!.at.installation).toBe(other.id);
    await at.close();
  });

  it('when it posts, then its own message is found by its key', async () => {
    const at = await stage();
    const message = await post(at, at.help);
    expect(await eventually('it is seen', () => at.of('posted')[0])).toMatchObject({
      at: { installation: at.acme.id },
      key: 'prompt-0198c0de-0000-7000-8000-000000000001',
      ref: { channel: at.help.id, message: message.id },
    });
    await at.close();
  });
});
