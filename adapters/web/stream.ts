// Server-sent events (HTML standard, section 9.2) as a response: ids, so that a page that was away can say where it stopped, and a sign of life.

const ALIVE_EVERY = 15_000;

/** A reader that lets so many events pile up is let go: it comes back and says where it stopped. */
const MOST_UNREAD = 1_000;

export interface Feeder {
  push(id: number, data: unknown): void;
  /** Nothing more will come. */
  end(): void;
}

/** `open` gets what sends, and answers with what is called once when the reader has gone or the stream has ended. */
export function openStream(
  request: Request,
  headers: Readonly<Record<string, string>>,
  open: (feeder: Feeder) => () => void,
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let ended = false;
        let release = () => {};
        const alive = setInterval(() => write(': alive\n\n'), ALIVE_EVERY).unref();
        end = () => {
          if (ended) return;
          ended = true;
          clearInterval(alive);
          release();
          try {
            controller.close();
          } catch {
            // The reader went first.
          }
        };
        const write = (text: string) => {
          if (ended) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < -MOST_UNREAD) end();
        };
        write('retry: 1000\n\n');
        release = open({ push: (id, data) => write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`), end });
        if (ended) release();
        request.signal.addEventListener('abort', () => end());
      },
      cancel() {
        end();
      },
    },
    { highWaterMark: 16 },
  );
  return new Response(body, {
    headers: { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}
