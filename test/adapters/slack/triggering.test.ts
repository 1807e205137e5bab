// Whose conversation is done, and who may say so.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import type { Message } from '../../fakes/slack/index.ts';
import { eventually } from '../../support/eventually.ts';
import { type Stage, stage } from './receiving.ts';

const DONE = 'white_check_mark';

describe('given a conversation', () => {
  let at: Stage;
  let question: Message;
  beforeEach(async () => {
    at = await stage('HTTP');
    question = at.ann.post(at.support, 'It does not work');
  });
  afterEach(async () => {
    expect(at.slack.violations).toEqual([]);
    await at.close();
  });

  const reply = (by: Stage['ann'], text = 'a reply') =>
    at.ann && by.post(at.support, text, { thread: question });
  /** What is heard besides messages. */
  const heard = async (): Promise<readonly InboundEvent[]> => {
    await at.slack.settled();
    return at.events.filter((event) => event.kind !== 'message');
  };
  const team = (...members: Stage['ann'][]) => {
    const group = at.team.group('support', members);
    at.desk.team = group.id;
  };

  describe('where no team is named', () => {
    it('when a full member reacts, then whoever began it is the customer, with what Slack knows of them', async () => {
      reply(at.bob);
      await at.slack.settled();
      at.bob.react(question, DONE);
      const [event] = await heard();
      expect(event).toMatchObject({
        kind: 'interaction_closed',
        triggeredBy: { identity: { externalId: at.bob.id }, profile: { isTeam: true, name: 'bob' } },
        interaction: {
          source: 'slack',
          place: { installation: at.team.id, channel: at.support.id, thread: question.ts },
          person: { externalId: at.ann.id },
          profile: { name: 'ann', zone: 'Europe/Berlin', locale: 'de-DE', isBot: false },
          agent: at.bob.id,
        },
      });
      expect(event?.kind === 'interaction_closed' && 'isTeam' in event.interaction.profile).toBe(false);
      expect(at.slack.called('conversations.replies')).toEqual([]);
    });

    it('when they react to a reply, then it is the same conversation', async () => {
      const answer = reply(at.bob);
      await at.slack.settled();
      at.carol.react(answer, `${DONE}::skin-tone-2`);
      expect(await heard()).toMatchObject([
        { interaction: { place: { thread: question.ts }, person: { externalId: at.ann.id } } },
      ]);
    });

    it.each([
      ['whoever began it reacts', () => at.ann.react(question, DONE)],
      ['a guest reacts', () => guest().react(question, DONE)],
      ['another emoji is used', () => at.bob.react(question, 'eyes')],
    ])('when %s, then nothing comes of it', async (_, act) => {
      await at.slack.settled();
      act();
      expect(await heard()).toEqual([]);
    });

    const guest = () => {
      const gus = at.team.user('gus', { guest: 'multi_channel' });
      at.support.members.add(gus.id);
      return gus;
    };

    it('when a bot began it, then the first person in it is the customer', async () => {
      const robot = at.team.user('helpdesk', { bot: true });
      at.support.members.add(robot.id);
      const ticket = robot.post(at.support, 'Ticket 1');
      at.ann.post(at.support, 'mine', { thread: ticket });
      await at.slack.settled();
      at.bob.react(ticket, DONE);
      expect(await heard()).toMatchObject([{ interaction: { person: { externalId: at.ann.id } } }]);
    });

    it('when the workspace wants another emoji, then that one counts', async () => {
      at.desk.reaction = '✅';
      await at.slack.settled();
      at.bob.react(question, DONE);
      expect(await heard()).toHaveLength(1);
    });
  });

  describe('where a team is named', () => {
    it('when one of them reacts, then the first who is not of them is the customer', async () => {
      team(at.bob, at.carol);
      question = at.carol.post(at.support, 'May I help?');
      reply(at.bob);
      reply(at.ann);
      await at.slack.settled();
      at.bob.react(question, DONE);
      expect(await heard()).toMatchObject([
        {
          triggeredBy: { profile: { isTeam: true } },
          interaction: { person: { externalId: at.ann.id }, profile: { isTeam: false } },
        },
      ]);
      expect(at.events.filter((event) => event.kind === 'message').map((event) => event.by.profile)).toEqual([
        { isTeam: false },
        { isTeam: true },
        { isTeam: true },
        { isTeam: false },
      ]);
    });

    it('when somebody else reacts, or only the team took part, then nothing comes of it', async () => {
      team(at.bob);
      await at.slack.settled();
      at.carol.react(question, DONE);
      const own = at.bob.post(at.support, 'note to self');
      await at.slack.settled();
      at.bob.react(own, DONE);
      expect(await heard()).toEqual([]);
    });

    it('when Slack cannot say who is of the team, then the event is taken when it comes again', async () => {
      await at.slack.settled();
      team(at.bob);
      at.slack.mischief.plan({ method: 'usergroups.users.list', trouble: { kind: 'status', status: 500 } });
      at.bob.react(question, DONE);
      await eventually('it was refused', () => at.slack.deliveries.at(-1)?.ack.ok === false);
      expect(at.events.filter((event) => event.kind !== 'message')).toEqual([]);
      at.slack.mischief.stop();
      at.ahead = 60_000;
      expect(await heard()).toMatchObject([{ kind: 'interaction_closed' }]);
    });
  });

  it('when a reaction is delivered again it is the same, and given again it is another', async () => {
    at.slack.mischief.events({ duplicate: 1 });
    at.bob.react(question, DONE);
    await at.slack.settled();
    at.bob.unreact(question, DONE);
    await at.slack.settled();
    at.bob.react(question, DONE);
    const closed = (await heard()).flatMap((event) =>
      event.kind === 'interaction_closed' ? [event.interaction.externalId] : [],
    );
    expect(closed).toHaveLength(4);
    expect(new Set(closed).size).toBe(2);
  });

  it('when the reaction is taken away, then the customer’s conversation goes on', async () => {
    const answer = reply(at.bob);
    await at.slack.settled();
    at.bob.react(answer, DONE);
    await at.slack.settled();
    at.bob.unreact(answer, DONE);
    expect((await heard()).at(-1)).toMatchObject({
      kind: 'interaction_reopened',
      place: { channel: at.support.id, thread: question.ts },
      by: { identity: { externalId: at.ann.id } },
    });
  });

  describe('that began before the bot came', () => {
    beforeEach(async () => {
      await at.slack.settled();
      at.slack.mischief.hold();
      question = at.ann.post(at.support, 'nobody heard this');
    });
    const arrive = () => {
      at.slack.mischief.release(() => []);
    };

    it('when somebody reacts to its beginning, then Slack is asked once, and never again', async () => {
      reply(at.bob);
      arrive();
      at.bob.react(question, DONE);
      expect(await heard()).toMatchObject([{ interaction: { person: { externalId: at.ann.id } } }]);
      at.bob.unreact(question, DONE);
      expect((await heard()).at(-1)).toMatchObject({ by: { identity: { externalId: at.ann.id } } });
      expect(at.slack.called('conversations.replies')).toHaveLength(1);
    });

    it('when somebody reacts to a reply, then who began it is found', async () => {
      const answer = reply(at.bob);
      arrive();
      at.bob.react(answer, DONE);
      expect(await heard()).toMatchObject([
        { interaction: { place: { thread: question.ts }, person: { externalId: at.ann.id } } },
      ]);
    });

    it('when a reply was heard, then it said who began it, and nobody is asked', async () => {
      arrive();
      const answer = reply(at.bob);
      await at.slack.settled();
      at.bob.react(answer, DONE);
      expect(await heard()).toMatchObject([{ interaction: { person: { externalId: at.ann.id } } }]);
      expect(at.slack.called('conversations.replies')).toEqual([]);
    });

    it('when Slack does not tell, then whoever wrote the message is the customer', async () => {
      arrive();
      at.slack.mischief.plan({
        method: 'conversations.replies',
        trouble: { kind: 'ratelimited', retryAfter: 60 },
      });
      at.bob.react(question, DONE);
      expect(await heard()).toMatchObject([{ interaction: { person: { externalId: at.ann.id } } }]);
    });

    it('when the reaction comes before the words, and Slack does not tell, then it has to come again', async () => {
      arrive();
      at.slack.mischief.plan({
        method: 'conversations.replies',
        trouble: { kind: 'ratelimited', retryAfter: 60 },
      });
      at.slack.mischief.hold(({ event }) => event['type'] === 'message');
      at.bob.react(reply(at.bob), DONE);
      expect(await heard()).toEqual([]);
      const tries = at.slack.deliveries.filter((one) => one.type === 'reaction_added');
      expect(tries.map(({ ack }) => ack.ok)).not.toContain(true);
    });
  });

  describe('when the shortcut is used', () => {
    const used = async () => (await heard()).at(-1);

    it('by a full member, then it is done, as by a reaction', async () => {
      const answer = reply(at.bob);
      await at.slack.settled();
      await at.bob.shortcut(answer, 'afterword_ask');
      expect(await used()).toMatchObject({
        kind: 'interaction_closed',
        triggeredBy: { identity: { externalId: at.bob.id }, profile: { isTeam: true } },
        interaction: { place: { thread: question.ts }, person: { externalId: at.ann.id }, explicit: false },
      });
    });

    it('by whoever is not of the team, then that is told truthfully', async () => {
      team(at.bob);
      await at.slack.settled();
      await at.carol.shortcut(question, 'afterword_ask');
      expect(await used()).toMatchObject({ triggeredBy: { profile: { isTeam: false } } });
    });

    it('in their own conversation, then they are not the team', async () => {
      await at.slack.settled();
      await at.ann.shortcut(question, 'afterword_ask');
      expect(await used()).toMatchObject({
        triggeredBy: { profile: { isTeam: false } },
        interaction: { person: { externalId: at.ann.id } },
      });
    });

    it('where only the team talked, then the writer stands for a customer, and is known as team', async () => {
      team(at.bob, at.carol);
      const own = at.carol.post(at.support, 'note');
      await at.slack.settled();
      await at.bob.shortcut(own, 'afterword_ask');
      expect(await used()).toMatchObject({
        triggeredBy: { profile: { isTeam: true } },
        interaction: { person: { externalId: at.carol.id }, profile: { isTeam: true } },
      });
    });
  });

  it('when people of another organisation take part, then they are customers, and may not say that it is done', async () => {
    const other = at.slack.team('Other');
    const zoe = other.user('zoe');
    const shared = at.team.channel('shared', { members: [at.bob, zoe] });
    const theirs = zoe.post(shared, 'help');
    await at.slack.settled();
    zoe.react(theirs, DONE);
    expect(await heard()).toEqual([]);
    at.bob.react(theirs, DONE);
    expect(await heard()).toMatchObject([
      { interaction: { place: { installation: at.team.id }, person: { externalId: zoe.id } } },
    ]);
  });

  it('when people talk, then nobody is looked up', async () => {
    for (let i = 0; i < 10; i += 1) reply(i % 2 ? at.ann : at.bob, `line ${i}`);
    await at.slack.settled();
    expect(at.events).toHaveLength(11);
    expect(at.slack.calls).toEqual([]);
  });
});
