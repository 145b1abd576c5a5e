import { connect } from 'node:net';
import pg from 'pg';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as it is; `json` is the usual way. */
  body?: NonNullable<RequestInit['body']>;
  json?: unknown;
}

/** Sends requests as the client "first" unless told otherwise. */
export function caller(base: string) {
  return async (path: string, { method, headers, body, json }: Call = {}): Promise<Answer> => {
    const content = json === undefined ? body : JSON.stringify(json);
    const response = await fetch(base + path, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      headers: {
        'x-client': 'first',
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: content,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, body: parsed };
  };
}

/** Sends bytes as they are and reads all that comes until the server closes the connection. */
export async function sendRaw(base: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => {
      resolve();
    });
    socket.on('error', reject);
    socket.write(bytes);
  });
  return Buffer.concat(chunks).toString('utf8');
}

/** Like clients that read nothing before they have sent everything; answers what came until the end of the JSON. */
export async function sendAllThenRead(base: string, head: string, body: Buffer): Promise<string> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  socket.pause();
  try {
    for (const part of [Buffer.from(head), body]) {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.write(part, () => {
          resolve();
        });
      });
    }
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.endsWith('}')) break;
    }
    return text;
  } finally {
    socket.destroy();
  }
}

/** Everything that the sample keeps, so that a test can say that nothing has changed. */
export async function contentsOf(databaseUrl: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const notes = await client.query('SELECT * FROM note ORDER BY id');
    const keys = await client.query('SELECT client, key, status FROM idempotency_key ORDER BY client, key');
    return { notes: notes.rows, keys: keys.rows };
  } finally {
    await client.end();
  }
}
