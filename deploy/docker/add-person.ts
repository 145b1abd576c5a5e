import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { readTokenRequest } from '../token/request-token.js';
import { loginForToken } from '../token/person-token.js';

const USAGE = 'docker compose exec identity node dist/deploy/docker/add-person.js USERNAME';

/**
 * In the container of identity: an administrator logs in, and gives somebody an account. Without a terminal the lines
 * of the input are: the administrator's name, the password, and, at the first login, the password chosen.
 */
async function addPerson([username, ...rest]: string[]): Promise<void> {
  const { scopes, agency } = readTokenRequest(rest, USAGE);
  const issuer = `http://127.0.0.1:${process.env['PORT'] ?? ''}`;
  const ask = questions();
  const login = {
    username: await ask('Administrator: '),
    password: await ask('Password: ', 'hidden'),
    choosePassword: () => ask('First login. New password, at least 12 characters: ', 'hidden'),
  };
  const token = await loginForToken(issuer, login, 'admin');
  const response = await fetch(`${issuer}/v1/people`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-language': 'en',
    },
    body: JSON.stringify({ username, agency: agency ?? null, scopes }),
  });
  const answer = (await response.json()) as { password?: string; detail?: string; errors?: Fault[] };
  if (response.status !== 201) {
    const faults = (answer.errors ?? []).map(({ field, message }) => `\n${field}: ${message}`);
    throw new Error(`${answer.detail ?? `status ${response.status}`}${faults.join('')}`);
  }
  process.stdout.write(`${username} can log in; password for the first time: ${answer.password}\n`);
}

interface Fault {
  field: string;
  message: string;
}

/** Asks on the terminal, or takes lines of the input where there is none. */
function questions(): (prompt: string, secrecy?: 'hidden') => Promise<string> {
  const terminal = process.stdin.isTTY;
  // What is typed is repeated by the reader, not by the terminal: nothing of a password gets there.
  let silent = false;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal });
  const lines = reader[Symbol.asyncIterator]();
  return async (prompt, secrecy) => {
    silent = false;
    reader.setPrompt(prompt);
    if (terminal) reader.prompt();
    silent = secrecy === 'hidden';
    const { value, done } = await lines.next();
    if (silent && terminal) process.stderr.write('\n');
    if (done) throw new Error(`An answer is missing: ${prompt}`);
    return value;
  };
}

try {
  await addPerson(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
