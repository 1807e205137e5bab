// All that one transaction of one workspace can read and write.
import type { StoreTx } from '../../../src/ports/store/index.ts';
import type { StoreContext } from './context.ts';
import { digestsIn } from './digests.ts';
import { followUpsIn } from './follow-ups.ts';
import { noticesIn } from './notices.ts';
import { peopleIn } from './people.ts';
import { promptsIn } from './prompts.ts';
import { responsesIn } from './responses.ts';
import type { Sql } from './session.ts';
import { workIn } from './work.ts';

export function storeTx(ctx: StoreContext, sql: Sql): StoreTx {
  return {
    people: peopleIn(ctx, sql),
    prompts: promptsIn(sql),
    responses: responsesIn(sql),
    followUps: followUpsIn(sql),
    digests: digestsIn(sql),
    notices: noticesIn(sql),
    work: workIn(sql),
  };
}
