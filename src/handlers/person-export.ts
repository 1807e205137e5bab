// Everything that is kept about one person, as one JSON document that is written while it is read. The trail says that it was done, and for whom by an
// id that no longer tells anything once they are forgotten.
import type { Id, Instant } from '../domain/basics.ts';
import { PERSON_PARTS, type PersonPage } from '../ports/store/archive.ts';
import { trail } from './audit.ts';
import type { Context } from './context.ts';

/** Null when there is no such person. */
export async function exportPerson(
  ctx: Context,
  workspaceId: Id,
  personId: Id,
  by: string,
): Promise<AsyncIterable<string> | null> {
  const pages = ctx.store.archive.record(workspaceId, personId)[Symbol.asyncIterator]();
  const first = await pages.next();
  if (first.done) return null;
  const now = ctx.clock.now();
  await trail(ctx, workspaceId, by, 'person.export', personId);
  return written(first.value, pages, now);
}

/** The person first, then a list for each part, empty ones too. */
async function* written(
  first: PersonPage,
  pages: AsyncIterator<PersonPage>,
  now: Instant,
): AsyncGenerator<string> {
  const head = { exportedAt: new Date(now).toISOString(), person: first.rows[0] };
  yield JSON.stringify(head).slice(0, -1);
  const lists = PERSON_PARTS.filter((part) => part !== 'person');
  let page = await pages.next();
  for (const part of lists) {
    yield `,"${part}":[`;
    for (let count = 0; !page.done && page.value.part === part; page = await pages.next()) {
      for (const row of page.value.rows) yield `${count++ === 0 ? '' : ','}\n${JSON.stringify(row)}`;
    }
    yield ']';
  }
  yield '}\n';
}
