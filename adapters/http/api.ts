// The JSON API of the contract: interactions in, prompts out, answers by a prompt's own token.
import { Hono } from 'hono';
import { AfterwordError, type Id } from '../../src/domain/basics.ts';
import type { Api, ApiInteraction, ApiProblem, ApiPrompt, ApiPromptDetail } from '../../src/ports/api.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import type { Log } from '../../src/ports/log.ts';
import { readBody } from './body.ts';
import { peopleRoutes, withoutNames } from './people.ts';
import { type FieldError, problem, problemBody, problemOf } from './problem.ts';
import { answerSchema, fieldErrors, interactionSchema } from './schema.ts';

const BODY_LIMIT = 256 * 1024;
const BATCH_BODY_LIMIT = 2 * 1024 * 1024;
/** Most interactions in one request. */
const BATCH = 1000;
/** Beyond so many requests in hand at once, new ones are told to come back: better than to make all of them wait. */
const IN_HAND = 4000;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function apiRoutes(api: Api, publicUrl: string, log: Log, mostInHand = IN_HAND): HttpMount {
  const app = new Hono<{ Variables: { workspaceId: Id } }>();
  let inHand = 0;

  app.use(async (_c, next) => {
    if (inHand >= mostInHand)
      return problem(429, `${mostInHand} requests are in hand; try again`, {
        headers: { 'retry-after': '1' },
      });
    inHand++;
    try {
      return await next();
    } finally {
      inHand--;
    }
  });

  const keyed = async (request: Request): Promise<Id | Response> => {
    const key = bearer(request);
    const workspaceId = key === null ? null : await api.authenticate(key);
    if (workspaceId !== null) return workspaceId;
    const detail =
      key === null
        ? 'send `Authorization: Bearer KEY`'
        : 'this key is unknown or revoked; make one with `afterword apikey create`';
    return problem(401, detail, { headers: { 'www-authenticate': 'Bearer' } });
  };

  app.post('/api/v1/interactions', async (c) => {
    const workspaceId = await keyed(c.req.raw);
    if (workspaceId instanceof Response) return workspaceId;
    const body = await readJson(c.req.raw, BATCH_BODY_LIMIT);
    if (body instanceof Response) return body;
    return Array.isArray(body)
      ? await triggerMany(api, workspaceId, body)
      : await triggerOne(api, workspaceId, body);
  });

  app.post('/api/v1/interactions/:id/reopen', async (c) => {
    const workspaceId = await keyed(c.req.raw);
    if (workspaceId instanceof Response) return workspaceId;
    const id = c.req.param('id').toLowerCase();
    const reopened = UUID.test(id) ? await api.reopen(workspaceId, id) : null;
    return reopened
      ? json(200, { ...reopened, prompt: reopened.prompt && promptJson(reopened.prompt) })
      : problem(404, `there is no interaction ${id}`);
  });

  app.get('/api/v1/prompts/:id', async (c) => {
    const workspaceId = await keyed(c.req.raw);
    if (workspaceId instanceof Response) return workspaceId;
    const id = c.req.param('id').toLowerCase();
    const prompt = UUID.test(id) ? await api.prompt(workspaceId, id) : null;
    return prompt ? json(200, detailJson(prompt, publicUrl)) : problem(404, `there is no prompt ${id}`);
  });

  app.post('/api/v1/prompts/:id/answers', async (c) => {
    const id = c.req.param('id').toLowerCase();
    const body = await readJson(c.req.raw, BODY_LIMIT);
    if (body instanceof Response) return body;
    const parsed = answerSchema.safeParse(body);
    if (!parsed.success) return invalid(fieldErrors(parsed.error));
    const { token: inBody, ...answer } = parsed.data;
    const token = bearer(c.req.raw) ?? inBody ?? null;
    if (token === null)
      return problem(401, "send the prompt's own token as `Authorization: Bearer TOKEN` or in `token`", {
        headers: { 'www-authenticate': 'Bearer' },
      });
    if (!UUID.test(id)) return problem(404, `there is no prompt ${id}`);
    const outcome = await api.answer(id, token, answer);
    if ('problem' in outcome) return refusal(outcome);
    // The giver sees their own answer and nothing of the workspace.
    const { interactionId: _i, ...detail } = detailJson(outcome, publicUrl);
    return json(200, detail);
  });

  peopleRoutes(app, api, { keyed, json, refusal });

  app.notFound((c) => problem(404, `there is nothing at ${c.req.method} ${c.req.path}`));
  app.onError((error, c) => {
    const known = error instanceof AfterwordError && error.kind !== 'broken';
    log[known ? 'warn' : 'error'](
      { method: c.req.method, path: withoutNames(c.req.path), error: error.message },
      'a request failed',
    );
    return problemOf(error);
  });

  return { prefix: '/api/', handle: (request) => app.fetch(request) };
}

async function triggerOne(api: Api, workspaceId: Id, body: unknown): Promise<Response> {
  const parsed = interactionSchema.safeParse(body);
  if (!parsed.success) return invalid(fieldErrors(parsed.error));
  const [outcome] = await api.trigger(workspaceId, [parsed.data]);
  if (!outcome) return problem(500, 'something went wrong on our side');
  if ('problem' in outcome) return refusal(outcome);
  return json(202, { interactionId: outcome.interactionId, prompt: promptJson(outcome.prompt) });
}

/** Many at once: all are well-formed or none is taken; each is answered in its place. */
async function triggerMany(api: Api, workspaceId: Id, body: readonly unknown[]): Promise<Response> {
  if (body.length === 0 || body.length > BATCH) {
    return invalid([
      { field: '(body)', message: `a batch has 1 to ${BATCH} interactions, this one has ${body.length}` },
    ]);
  }
  const good: ApiInteraction[] = [];
  const bad: FieldError[] = [];
  for (const [i, one] of body.entries()) {
    const parsed = interactionSchema.safeParse(one);
    if (parsed.success) good.push(parsed.data);
    else bad.push(...fieldErrors(parsed.error, `[${i}].`));
  }
  if (bad.length > 0) return invalid(bad.slice(0, 100));
  const outcomes = await api.trigger(workspaceId, good);
  const results = outcomes.map((one) =>
    'problem' in one
      ? problemBody(STATUS_OF[one.problem], one.detail, one.errors)
      : { interactionId: one.interactionId, prompt: promptJson(one.prompt) },
  );
  return json(202, { results });
}

function promptJson(prompt: ApiPrompt) {
  return { id: prompt.id, state: prompt.state, reason: prompt.reason, dueAt: iso(prompt.dueAt) };
}

function detailJson(prompt: ApiPromptDetail, publicUrl: string) {
  return {
    ...promptJson(prompt),
    interactionId: prompt.interactionId,
    survey: prompt.survey,
    sentAt: iso(prompt.sentAt),
    answeredAt: iso(prompt.answeredAt),
    response: prompt.response,
    answerToken: prompt.answerToken,
    answerUrl: prompt.answerToken === null ? null : `${publicUrl}/api/v1/prompts/${prompt.id}/answers`,
  };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function bearer(request: Request): string | null {
  return /^Bearer ([\x21-\x7e]{1,500})$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  const body = await readBody(request, limit);
  if (!body.ok) return problem(413, `the body is larger than ${limit} bytes`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.bytes));
  } catch {
    return invalid([{ field: '(body)', message: 'is not JSON in UTF-8' }]);
  }
}

const STATUS_OF = { invalid: 400, forbidden: 403, not_found: 404, conflict: 409 } as const;

function refusal({ problem: kind, detail, errors }: ApiProblem): Response {
  return problem(STATUS_OF[kind], detail, errors ? { errors } : {});
}

function invalid(errors: readonly FieldError[]): Response {
  const names = [...new Set(errors.map((error) => error.field))].join(', ');
  return problem(400, `these fields are not valid: ${names}`, { errors });
}

function json(status: 200 | 202, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}
