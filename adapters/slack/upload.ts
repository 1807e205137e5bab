// Charts as files of Slack's: drawn, uploaded, and waited for until Slack has looked at them, since a block may not show a file before that.
// A picture that cannot be had is left out: its words stand in the message anyway.
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { HOUR, SECOND } from '../../src/domain/basics.ts';
import type { OutgoingFile } from '../../src/ports/platform.ts';
import type { ChartSpec, View } from '../../src/views/view.ts';
import { createMemory } from '../shared/memory.ts';
import { isSlacks } from './address.ts';
import type { Called, SlackApi, SlackParts } from './parts.ts';

export interface Pictures {
  /** The ids of the files that show the charts of this view, as far as they can be had. Never throws. */
  of(installation: string, view: View): Promise<ReadonlyMap<ChartSpec, string>>;
  /** Shows a file in a conversation, with the words of the view. Never throws: what Slack said to the last call that was made. */
  share(installation: string, channel: string, file: OutgoingFile, view: View): Promise<Called>;
}

export type PictureParts = Pick<SlackParts, 'options' | 'charts' | 'now' | 'log'>;

/** When to ask whether Slack is done with a file; most are within a second. */
const LOOKS = [0.2, 0.4, 0.8, 1.6, 2].map((seconds) => seconds * SECOND);
const TIMEOUT = 10 * SECOND;
/** A message waits so long for its picture. */
const PATIENCE = 12 * SECOND;

export function createPictures(parts: PictureParts, api: SlackApi): Pictures {
  const { charts, now, log } = parts;
  // A digest that has to be sent again, or restated, need not be uploaded again.
  const files = createMemory<string>({ now, most: 200, keptFor: HOUR });

  /** The file's id, or what Slack said to being asked where to put it. */
  const put = async (installation: string, filename: string, bytes: Uint8Array): Promise<string | Called> => {
    const asked = await api.call(installation, 'files.getUploadURLExternal', {
      filename,
      length: bytes.byteLength,
    });
    const { upload_url: url, file_id: id } = bodyOf(asked);
    if (typeof url !== 'string' || typeof id !== 'string') return asked;
    await post(url, bytes, parts.options.apiUrl);
    return id;
  };

  const upload = async (installation: string, spec: ChartSpec): Promise<string | null> => {
    const bytes = await charts.png(spec, { theme: 'light', form: 'picture' });
    const id = await put(installation, 'chart.png', bytes);
    if (typeof id !== 'string') throw new Error(`no address: ${saidBy(id)}`);
    const files = [{ id, title: 'chart.png' }];
    const done = await api.call(installation, 'files.completeUploadExternal', { files });
    if (done.kind !== 'ok') throw new Error(`not completed: ${saidBy(done)}`);
    await processed(api, installation, id);
    return id;
  };

  return {
    async share(installation, channel, { name, data }, view) {
      try {
        const id = await put(installation, name, data);
        if (typeof id !== 'string') return id;
        const args = { files: [{ id, title: name }], channel_id: channel, initial_comment: view.summary };
        return await api.call(installation, 'files.completeUploadExternal', args);
      } catch (error) {
        // Nobody is shown a file whose bytes did not arrive.
        return { kind: 'refused', error: 'upload_failed', retryAfter: null, detail: String(error) };
      }
    },

    async of(installation, view) {
      const found = new Map<ChartSpec, string>();
      for (const block of view.blocks) {
        if (block.kind !== 'image') continue;
        try {
          const name = nameOf(installation, block.chart);
          const made = files.get(name, () => upload(installation, block.chart));
          // Whoever comes too late is not lost: the next message of this chart finds it.
          made.catch(() => undefined);
          const id = await Promise.race([made, delay(PATIENCE, null, { ref: false })]);
          if (id === null) throw new Error('it took too long');
          found.set(block.chart, id);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          log.warn(
            { installation, reason },
            'a chart could not be uploaded to Slack; its words stand in for it',
          );
        }
      }
      return found;
    },
  };
}

/** Waits until Slack knows what kind of file it is. Where that cannot be told, sending the message will tell. */
async function processed(api: SlackApi, installation: string, file: string): Promise<void> {
  for (const wait of LOOKS) {
    const called = await api.call(installation, 'files.info', { file }, { idempotent: true });
    if (called.kind !== 'ok') return await delay(LOOKS[2]);
    const info = called.body['file'] as { readonly mimetype?: unknown } | undefined;
    if (typeof info?.mimetype === 'string' && info.mimetype !== '') return;
    await delay(wait);
  }
}

async function post(address: string, bytes: Uint8Array, apiUrl: string): Promise<void> {
  if (!URL.canParse(address) || !isSlacks(new URL(address), apiUrl, (host) => host.endsWith('.slack.com')))
    throw new Error('the address is none of Slack');
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the upload was answered HTTP ${response.status}`);
}

function nameOf(installation: string, spec: ChartSpec): string {
  return `${installation} ${createHash('sha256').update(JSON.stringify(spec)).digest('base64url')}`;
}

function bodyOf(called: Called): Readonly<Record<string, unknown>> {
  return called.kind === 'ok' ? called.body : {};
}

function saidBy(called: Called): string {
  return called.kind === 'ok'
    ? 'an answer without it'
    : called.kind === 'refused'
      ? called.error
      : called.detail;
}
