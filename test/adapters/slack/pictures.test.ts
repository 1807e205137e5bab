// Charts as pictures in Slack: uploaded, waited for, shown; and the words that stand in for a picture that cannot be had.
import { afterEach, describe, expect, it } from 'vitest';
import type { ChartSpec, View } from '../../../src/views/view.ts';
import { type Calling, type CallingOptions, callingSlack } from './calling.ts';

const open: Calling[] = [];

async function calling(options: CallingOptions = {}) {
  const made = await callingSlack(options);
  open.push(made);
  const ann = made.team.user('ann');
  const support = made.team.channel('support', { members: [ann] });
  const root = ann.post(support, 'help');
  const thread = { kind: 'thread', channel: support.id, thread: root.ts } as const;
  const ours = () => made.slack.messages(support).filter((one) => one.bot_id === made.bot.botId);
  return { ...made, ann, support, thread, ours };
}

afterEach(async () => {
  for (const { slack } of open.splice(0)) {
    expect(slack.violations).toEqual([]);
    await slack.close();
  }
});

describe('given a digest with a chart', () => {
  it('when Slack takes a moment to look at the picture, then the message waits for it and shows it', async () => {
    const { send, slack, thread, ours } = await calling({ fake: { fileProcessing: 700 } });
    expect(await send(thread, digest())).toMatchObject({ kind: 'sent' });
    const [file] = slack.world.files.values();
    expect(file?.bytes?.subarray(1, 4).toString()).toBe('PNG');
    expect(imagesIn(ours()[0]?.blocks)).toEqual([{ id: file?.id, alt: 'NPS rose to 42' }]);
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('when it is sent again, then the picture is not uploaded again', async () => {
    const { send, slack, thread } = await calling();
    await send(thread, digest());
    await send(thread, digest());
    expect(slack.called('files.completeUploadExternal')).toHaveLength(1);
  });

  it.each([
    ['files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' }],
    ['files.getUploadURLExternal', { kind: 'status', status: 500 }],
    ['upload', { kind: 'status', status: 500 }],
    ['upload', { kind: 'drop_before' }],
    ['files.completeUploadExternal', { kind: 'drop_after' }],
  ] as const)('when %s fails with %o, then its words stand in for it', async (method, trouble) => {
    const { send, slack, thread, ours } = await calling();
    slack.mischief.plan({ method, trouble });
    expect(await send(thread, digest())).toMatchObject({ kind: 'sent' });
    expect(imagesIn(ours()[0]?.blocks)).toEqual([]);
    expect(slack.readable(ours()[0]!)).toContain('NPS rose to 42');
  });

  it('when drawing it fails, then its words stand in for it', async () => {
    const charts = { svg: () => '', png: () => Promise.reject(new Error('no font')) };
    const { send, slack, thread, ours } = await calling({ parts: { charts } });
    expect(await send(thread, digest())).toMatchObject({ kind: 'sent' });
    expect(slack.readable(ours()[0]!)).toContain('NPS rose to 42');
  });

  it('when Slack does not take the picture after all, then the message goes without it, once', async () => {
    const { send, slack, thread, ours } = await calling();
    slack.mischief.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    expect(await send(thread, digest())).toMatchObject({ kind: 'sent' });
    expect(ours()).toHaveLength(1);
    expect(imagesIn(ours()[0]?.blocks)).toEqual([]);
  });

  it('when Slack refuses the message for another reason, then it is not tried without its picture', async () => {
    const { send, slack, thread } = await calling();
    slack.mischief.next('chat.postMessage', { kind: 'ratelimited', retryAfter: 5 });
    expect(await send(thread, digest())).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('when it is restated, then it keeps its picture', async () => {
    const { send, platform, team, thread, ours, slack } = await calling({ fake: { fileProcessing: 300 } });
    const sent = await send(thread, digest());
    if (sent.kind !== 'sent') throw new Error('not sent');
    const restated = { ...digest(), summary: 'Your week, corrected' };
    expect(await platform.update(team.id, sent.ref, restated)).toMatchObject({ kind: 'sent' });
    expect(ours()[0]?.text).toBe('Your week, corrected');
    expect(imagesIn(ours()[0]?.blocks)).toHaveLength(1);
    expect(slack.called('files.completeUploadExternal')).toHaveLength(1);
  });

  it('when nobody answers for the message, then it is not sent without its picture either', async () => {
    const { send, slack, thread, ours } = await calling();
    slack.mischief.next('chat.postMessage', { kind: 'drop_after' });
    expect(await send(thread, digest())).toMatchObject({ kind: 'unknown' });
    expect(ours()).toHaveLength(1);
  });
});

const CHART: ChartSpec = {
  locale: 'en',
  direction: 'ltr',
  title: 'NPS',
  subtitle: '',
  note: '',
  alt: 'NPS rose to 42',
  scale: { min: -100, max: 100, decimals: 0, percent: false },
  points: [],
  distribution: [],
  words: {
    score: 'NPS',
    interval: '',
    answers: '',
    distribution: '',
    empty: '',
    segments: { positive: '', neutral: '', negative: '' },
  },
};

function digest(): View {
  return {
    summary: 'Your week',
    locale: 'en',
    blocks: [
      { kind: 'heading', text: 'Your week' },
      { kind: 'image', chart: CHART, alt: 'NPS rose to 42' },
    ],
  };
}

function imagesIn(blocks: readonly object[] = []) {
  return (blocks as { type: string; slack_file?: { id: string }; alt_text?: string }[])
    .filter((block) => block.type === 'image')
    .map((block) => ({ id: block.slack_file?.id, alt: block.alt_text }));
}
