import { rmSync } from 'node:fs';

export default async function stopCluster(): Promise<void> {
  const cluster = globalThis.testCluster;
  if (!cluster) return;
  await cluster.postgres.stop();
  rmSync(cluster.folder, { recursive: true, force: true });
}
