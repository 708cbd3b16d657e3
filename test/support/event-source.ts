/** One event of a stream, as the wire had it. */
export interface StreamEvent {
  id: string;
  type: string;
  data: unknown;
}

/** Reads a stream of server-sent events, as a browser's EventSource would, and keeps what came. */
export class EventSourceReader {
  readonly events: StreamEvent[] = [];
  readonly comments: string[] = [];
  /** Settles when the stream ends, whoever ended it. */
  readonly ended: Promise<void>;

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read();
  }

  static async open(url: string, { lastEventId, token }: { lastEventId?: string; token?: string } = {}): Promise<EventSourceReader> {
    const abort = new AbortController();
    const headers = { ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }), ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) };
    return new EventSourceReader(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  /** Waits until `count` events have come. */
  async received(count: number, timeoutMs = 10_000): Promise<StreamEvent[]> {
    const deadline = Date.now() + timeoutMs;
    while (this.events.length < count) {
      if (Date.now() > deadline) throw new Error(`${this.events.length} of ${count} events after ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.events;
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of this.response.body!) {
        const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) this.take(block);
      }
    } catch {
      // Ended by the reader or cut by the server: either way there is no more.
    }
  }

  private take(block: string): void {
    if (block.startsWith(':')) {
      this.comments.push(block);
      return;
    }
    const fields = new Map(block.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    if (fields.has('data')) this.events.push({ id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data: JSON.parse(fields.get('data')!) });
  }
}
