// Every answer as a file, to the lead who asks and to nobody else: directly, wherever it was typed.

import { exportedView, exportFileView } from '../../views/personal.ts';
import type { View } from '../../views/view.ts';
import { CSV_HEADER, csvLine } from '../archive-csv.ts';
import { trail } from '../audit.ts';
import { type Asked, type Handler, spanOf } from './asked.ts';

/** More would keep whoever waits for it waiting too long; the command line has no such limit. */
const MOST_ROWS = 50_000;

const BY_HAND = 'afterword export > answers.csv';

export const exportAnswers: Handler<'export'> = async (asked) => {
  const { ctx, workspaceId, event, command, t } = asked;
  const { platform, installation, externalId } = event.by.identity;
  const to = ctx.platforms.get(platform);
  const most = to?.capabilities.fileBytes ?? 0;
  if (to === undefined || most === 0) return exportedView(t, { kind: 'cannot', command: BY_HAND });
  const span = spanOf(asked, command.period);
  const filter = {
    ...(command.survey === null ? {} : { survey: command.survey }),
    ...(command.period === null ? {} : { from: span.from, to: span.to }),
  };
  const count = await ctx.store.archive.countRows(workspaceId, filter);
  if (count === 0) return exportedView(t, { kind: 'empty' });
  const written = count > MOST_ROWS ? null : await write(asked, filter, most);
  if (written === null) return exportedView(t, { kind: 'too_large', count, command: BY_HAND });
  const sent = await to.send({
    installation,
    to: { kind: 'person', externalId },
    key: `export-${ctx.ids.next()}`,
    view: fileView(asked, written),
    file: { name: 'answers.csv', contentType: 'text/csv', data: written.data },
  });
  await trail(ctx, workspaceId, event.by.identity, 'export', `${written.count} rows`, {
    ...filter,
    outcome: sent.kind,
  });
  if (sent.kind !== 'sent') return exportedView(t, { kind: 'cannot', command: BY_HAND });
  return exportedView(t, { kind: 'sent', count: written.count });
};

interface Written {
  readonly data: Uint8Array;
  readonly count: number;
  readonly from: number;
}

/** Null when it does not fit. Nobody is in it where the workspace shows no names. */
async function write(
  { ctx, workspaceId, card }: Asked<'export'>,
  filter: Parameters<Asked['ctx']['store']['archive']['rows']>[1],
  most: number,
): Promise<Written | null> {
  const { showNames } = card.workspace.settings;
  const parts = [CSV_HEADER];
  let length = CSV_HEADER.length;
  let from = ctx.clock.now();
  for await (const rows of ctx.store.archive.rows(workspaceId, filter)) {
    for (const row of rows) {
      from = Math.min(from, row.sentAt);
      const line = csvLine(showNames ? row : { ...row, person: null });
      parts.push(line);
      length += line.length;
    }
    if (length > most) return null;
  }
  const data = new TextEncoder().encode(parts.join(''));
  return data.byteLength > most ? null : { data, count: parts.length - 1, from };
}

function fileView({ ctx, card, t }: Asked<'export'>, { count, from }: Written): View {
  return exportFileView(t, { count, from, to: ctx.clock.now(), zone: card.workspace.zone });
}
