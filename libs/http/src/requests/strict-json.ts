import { problem } from '#libs/contracts';

/** No document of this system is nested deeper than a few levels; very deep ones only serve to exhaust a parser. */
const MAX_DEPTH = 20;

const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON without leniency: UTF-8 that is broken is refused instead of repaired, and so are names that come twice
 * in an object (every reader would take another one) and names that change the prototype of what is built from them.
 * Throws `bad-request`.
 */
export function parseStrictJson(body: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(body);
    value = JSON.parse(text);
  } catch {
    throw problem('bad-request');
  }
  checkNames(text);
  return value;
}

/** Walks over valid JSON and looks at the names of each object. */
function checkNames(text: string): void {
  /** Names of the objects around the present place; null for a list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
        open.push(new Set());
        break;
      case 0x5b: // [
        open.push(null);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open.pop();
        break;
      case 0x22: {
        const end = endOfString(text, at);
        const names = open.at(-1);
        if (names && isName(text, end)) addName(names, text.slice(at, end + 1));
        at = end;
        break;
      }
    }
    if (open.length > MAX_DEPTH) throw problem('bad-request');
  }
}

/** Index of the quotation mark that closes the string opened at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const character = text.charCodeAt(at);
    if (character === 0x22) return at;
    at += character === 0x5c ? 2 : 1;
  }
}

/** In valid JSON only the name of a member is followed by a colon. */
function isName(text: string, endOfName: number): boolean {
  let at = endOfName + 1;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === 0x3a;
}

function addName(names: Set<string>, written: string): void {
  const name = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
  if (names.has(name) || FORBIDDEN_NAMES.has(name)) throw problem('bad-request');
  names.add(name);
}
