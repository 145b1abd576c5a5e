export interface SseMessage {
  event: string;
  id: string | null;
  data: unknown;
}

/** Reads a stream of server-sent events as a browser does, and keeps what came. */
export class SseReader {
  readonly messages: SseMessage[] = [];
  /** True once the server has ended the stream. */
  ended = false;
  private readonly stop = new AbortController();

  private constructor(private readonly onText: (text: string) => void) {}

  /** @param onText called with each piece of text as it arrives */
  static async open(
    url: string,
    headers: Record<string, string>,
    onText: (text: string) => void = () => undefined,
  ): Promise<SseReader> {
    const reader = new SseReader(onText);
    const response = await fetch(url, { headers, signal: reader.stop.signal });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    void reader.read(response);
    return reader;
  }

  of(event: string): SseMessage[] {
    return this.messages.filter((message) => message.event === event);
  }

  close(): void {
    this.stop.abort();
  }

  private async read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let buffer = '';
    try {
      for await (const chunk of response.body!) {
        const text = decoder.decode(chunk as Uint8Array, { stream: true });
        this.onText(text);
        buffer += text;
        const blocks = buffer.split('\n\n');
        buffer = blocks.pop()!;
        for (const block of blocks) this.messages.push(parse(block));
      }
    } catch (error) {
      if (!this.stop.signal.aborted) throw error;
    } finally {
      this.ended = true;
    }
  }
}

function parse(block: string): SseMessage {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? null,
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}
