/** One server-sent event as a client reads it. */
export interface StreamedEvent {
  id: string | null;
  type: string;
  data: unknown;
}

/** Reads a stream of server-sent events until the test closes it. */
export class EventSourceReader {
  readonly events: StreamedEvent[] = [];
  ended = false;

  private constructor(
    readonly status: number,
    private readonly abort: AbortController,
  ) {}

  static async open(url: string, lastEventId?: string): Promise<EventSourceReader> {
    const abort = new AbortController();
    const response = await fetch(url, { signal: abort.signal, headers: { Accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }) } });
    const reader = new EventSourceReader(response.status, abort);
    if (response.body) void reader.read(response.body);
    return reader;
  }

  /** Waits until `count` events have come, and answers all there are. */
  async until(count: number, timeoutMs = 5_000): Promise<StreamedEvent[]> {
    const deadline = Date.now() + timeoutMs;
    while (this.events.length < count) {
      if (Date.now() > deadline) throw new Error(`only ${this.events.length} of ${count} events came: ${JSON.stringify(this.events)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.events;
  }

  /** Waits until the server ends the stream. */
  async end(timeoutMs = 5_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.ended) {
      if (Date.now() > deadline) throw new Error('the stream did not end');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
        rest = blocks.pop()!;
        this.events.push(...blocks.flatMap(parse));
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    } finally {
      this.ended = true;
    }
  }
}

function parse(block: string): StreamedEvent[] {
  const field = (name: string): string | undefined =>
    block.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const type = field('event');
  return type === undefined ? [] : [{ id: field('id') ?? null, type, data: JSON.parse(field('data')!) }];
}
