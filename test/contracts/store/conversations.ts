// Contract: whose conversation a message belongs to, and which messages of ours a platform has shown us.
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/domain/basics.ts';
import type { Utterance } from '../../../src/ports/conversations.ts';
import { atOnce, NOW, newId, type StoreUnderTest } from './world.ts';

export function conversationsContract(test: () => StoreUnderTest): void {
  describe('conversations', () => {
    const said = (author: string, more: Partial<Utterance> = {}): Utterance => ({
      channel: 'C1',
      thread: '1.1',
      message: newId(),
      author,
      at: NOW,
      ...more,
    });
    const one = () => test().store.conversations('slack');

    it('given what was said, when a message is looked up, then its thread is known; elsewhere it is not', async () => {
      const [team, message] = [newId(), newId()];
      await one().note(team, said('U1', { message }));
      expect(await one().threadOf(team, 'C1', message)).toBe('1.1');
      expect(await one().threadOf(team, 'C2', message)).toBeNull();
      expect(await one().threadOf(newId(), 'C1', message)).toBeNull();
      expect(await test().store.conversations('discord').threadOf(team, 'C1', message)).toBeNull();
    });

    it('given several took part, when they are asked for, then each is there once, by their first words, however it arrived', async () => {
      const team = newId();
      const talk = [
        said('ben', { at: NOW + 2 * SECOND }),
        said('ann', { at: NOW }),
        said('cy', { at: NOW + SECOND }),
        said('ann', { at: NOW + 3 * SECOND }),
        said('dee', { thread: '2.2' }),
        said('eve', { channel: 'C2' }),
      ];
      for (const utterance of talk) await one().note(team, utterance);
      expect(await one().authors(team, 'C1', '1.1')).toEqual(['ann', 'cy', 'ben']);
      expect(await one().authors(team, 'C1', '9.9')).toEqual([]);
      expect(await test().store.conversations('discord').authors(team, 'C1', '1.1')).toEqual([]);
    });

    it('given a crowd, when it is asked who took part, then the first twenty are told', async () => {
      const team = newId();
      const crowd = Array.from({ length: 25 }, (_, i) => said(`U${i}`, { at: NOW + i }));
      await Promise.all(crowd.map((utterance) => one().note(team, utterance)));
      expect(await one().authors(team, 'C1', '1.1')).toEqual(crowd.slice(0, 20).map(({ author }) => author));
    });

    it('given one message that is told of twenty times at once, when it is looked up, then it was said once, as it was told first', async () => {
      const [team, message] = [newId(), newId()];
      await one().note(team, said('U1', { message }));
      await atOnce(20, (i) => one().note(team, said(`other ${i}`, { message, thread: '9.9' })));
      expect(await one().threadOf(team, 'C1', message)).toBe('1.1');
      expect(await one().authors(team, 'C1', '9.9')).toEqual([]);
    });

    it('given ids that no table likes, when they are noted, then they are found by the same ids', async () => {
      const [team, odd] = [newId(), 'a\0b\ud800c'];
      await one().note(team, said(odd, { message: odd, channel: odd, thread: odd }));
      expect(await one().threadOf(team, odd, odd)).toBe('ab\uFFFDc');
      expect(await one().authors(team, odd, odd)).toEqual(['ab\uFFFDc']);
    });

    it('given a message of ours that was shown, when its key is looked up, then it is the one shown first', async () => {
      const team = newId();
      expect(await one().echo(team, 'k')).toBeNull();
      await one().noteEcho(team, 'k', { channel: 'C1', message: 'm1' });
      await one().noteEcho(team, 'k', { channel: 'C1', message: 'm2' });
      expect(await one().echo(team, 'k')).toEqual({ channel: 'C1', message: 'm1' });
      expect(await one().echo(newId(), 'k')).toBeNull();
      expect(await test().store.conversations('discord').echo(team, 'k')).toBeNull();
    });
  });
}
