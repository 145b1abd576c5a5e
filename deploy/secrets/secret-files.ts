import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Reads a JSON file of ours; undefined when there is none. */
export function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Writes a file whole or not at all, by default for this user alone. */
export function writePrivate(file: string, content: string | Uint8Array, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
}

export function writeJson(file: string, value: unknown): void {
  writePrivate(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The text of a secret file, made at random the first time. */
export function secretFrom(file: string): string {
  if (!existsSync(file)) writePrivate(file, randomSecret());
  return readFileSync(file, 'utf8').trim();
}

/** 256 bits in URL-safe characters. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
