// Reads a request's body up to a limit, and no further: what is larger is refused without being kept.

export type Body = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false };

export async function readBody(request: Request, limit: number): Promise<Body> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limit) return { ok: false };
  if (declared > 0) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.byteLength > limit ? { ok: false } : { ok: true, bytes };
  }
  if (!request.body) return { ok: true, bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { ok: true, bytes: Buffer.concat(chunks) };
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return { ok: false };
    }
    chunks.push(value);
  }
}
