// `view_submission`: a form of ours that was filled in.
import { z } from 'zod';
import { type Action, decodeAction } from '../../../src/domain/command/action.ts';
import { valuesOf } from '../render/index.ts';
import { maybe, named, text } from './fields.ts';
import { type Origin, readOrigin } from './origin.ts';

const payload = z.object({
  type: z.literal('view_submission'),
  user: named,
  view: z.object({
    callback_id: text,
    private_metadata: maybe(text),
    state: maybe(z.object({ values: maybe(z.record(text, z.record(text, z.unknown()))) })),
    blocks: maybe(z.array(z.object({ type: maybe(text), block_id: maybe(text) }))),
  }),
});

export interface Submission {
  readonly action: Action;
  readonly user: string;
  readonly values: Readonly<Record<string, string>>;
  readonly origin: Origin;
  /** The block of its first input: where a complaint is shown. */
  readonly firstInput: string | null;
}

export function readSubmission(body: unknown): Submission | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { user, view } = parsed.data;
  const action = decodeAction(view.callback_id);
  if (!action) return null;
  const values = view.state?.values ?? {};
  const firstInput =
    view.blocks?.find((block) => block.type === 'input')?.block_id ?? Object.keys(values)[0] ?? null;
  return {
    action,
    user: user.id,
    values: valuesOf(values),
    origin: readOrigin(view.private_metadata),
    firstInput,
  };
}
