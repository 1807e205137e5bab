// People by the JSON API, for whoever has the workspace's key: everything that is kept about one, and forgetting one.
import type { Hono } from 'hono';
import type { Id } from '../../src/domain/basics.ts';
import type { Api, ApiProblem } from '../../src/ports/api.ts';

interface Answers {
  /** The workspace whose key came along, or the refusal. */
  keyed(request: Request): Promise<Id | Response>;
  json(status: 200, body: unknown): Response;
  refusal(problem: ApiProblem): Response;
}

export function peopleRoutes(
  app: Hono<{ Variables: { workspaceId: Id } }>,
  api: Api,
  { keyed, json, refusal }: Answers,
): void {
  app.get('/api/v1/people/:person/export', async (c) => {
    const workspaceId = await keyed(c.req.raw);
    if (workspaceId instanceof Response) return workspaceId;
    const document = await api.exportPerson(workspaceId, c.req.param('person'));
    if ('problem' in document) return refusal(document);
    // An error on the way breaks the connection, so that half a document is never taken for a whole one.
    return new Response(ReadableStream.from(document).pipeThrough(new TextEncoderStream()), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="person.json"',
        'cache-control': 'no-store',
      },
    });
  });

  app.delete('/api/v1/people/:person', async (c) => {
    const workspaceId = await keyed(c.req.raw);
    if (workspaceId instanceof Response) return workspaceId;
    const outcome = await api.forgetPerson(workspaceId, c.req.param('person'));
    return 'problem' in outcome ? refusal(outcome) : json(200, outcome);
  });
}

/** A path as the log may have it: without who it is about. */
export function withoutNames(path: string): string {
  return path.replace(/(\/people\/)[^/]+/u, '$1…');
}
