import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestNats } from '../../support/nats.js';

/** Copies what the broker has stored; answers the folder of the copy. */
export async function backUp(nats: TestNats): Promise<string> {
  const backup = mkdtempSync(join(tmpdir(), 'ioc-backup-'));
  await nats.halt();
  cpSync(join(nats.dataDir, 'jetstream'), backup, { recursive: true });
  await nats.restart();
  return backup;
}

/** The broker has what it had then, and has forgotten what it acknowledged since. The copy is used up. */
export async function restore(nats: TestNats, backup: string): Promise<void> {
  const store = join(nats.dataDir, 'jetstream');
  await nats.halt();
  rmSync(store, { recursive: true });
  cpSync(backup, store, { recursive: true });
  rmSync(backup, { recursive: true });
  await nats.restart();
}
