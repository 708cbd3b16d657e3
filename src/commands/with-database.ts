import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../platform/config/config.js';
import { startEmbeddedPostgres } from '../platform/embedded/embedded-postgres.js';

/**
 * Runs `work` with the installation's database: the one that `DATABASE_URL` names, else the embedded server
 * of `DATA_DIR`, which is started when it does not run and stopped again when nobody else uses it.
 */
export async function withDatabase<T>(config: Config, work: (databaseUrl: string, ownerUrl: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl) return work(config.databaseUrl, config.databaseMigrationUrl ?? config.databaseUrl);
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
  try {
    return await work(postgres.url, postgres.ownerUrl);
  } finally {
    await postgres.stop();
  }
}

/** Like {@link withDatabase}, but the embedded server is one of its own, on a folder that is removed afterwards. */
export async function withTemporaryDatabase<T>(config: Config, work: (config: Config, databaseUrl: string, ownerUrl: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-'));
  try {
    const temporary = { ...config, dataDir };
    return await withDatabase(temporary, (databaseUrl, ownerUrl) => work(temporary, databaseUrl, ownerUrl));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
