/**
 * `npm run audit:verify [-- --anchors FILE]`: checks the hash chain of the audit log of this installation, and
 * that it still holds the heads written down in FILE (by default those in `DATA_DIR`). Exit code 0 when it is
 * whole, 1 when a row is bad, 2 when it could not be checked.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { anchorsFile, readAnchors } from '../platform/audit/audit-anchors.js';
import { type ChainHead, type ChainVerification, verifyChain } from '../platform/audit/verify-chain.js';
import { loadConfig } from '../platform/config/config.js';
import { withDatabase } from './with-database.js';

async function verify(databaseUrl: string, anchors: ChainHead[]): Promise<ChainVerification> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'pawtreon-audit-verify' });
  await client.connect();
  try {
    return await verifyChain(async <R>(sql: string, values: unknown[]) => (await client.query(sql, values)).rows as R[], anchors);
  } finally {
    await client.end();
  }
}

try {
  // Only where the database is matters here; whatever else production asks for is not needed to look at it.
  const { DATABASE_URL, DATA_DIR } = process.env;
  const config = loadConfig({ DATABASE_URL, DATA_DIR });
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'postgres'))) throw new Error(`there is no database under ${config.dataDir}`);
  const { values } = parseArgs({ options: { anchors: { type: 'string' } } });
  if (values.anchors && !existsSync(values.anchors)) throw new Error(`there is no file ${values.anchors}`);
  const anchors = await readAnchors(values.anchors ?? anchorsFile(config.dataDir));
  const result = await withDatabase(config, (databaseUrl) => verify(databaseUrl, anchors));
  if (result.ok) console.log(`ok: ${result.checked} rows, ${anchors.length} written heads, head ${result.headSeq} ${result.headHash}`);
  else console.error(`bad: row ${result.firstBadSeq} is the first that is not as it was written (${result.checked} rows, head ${result.headSeq})`);
  process.exitCode = result.ok ? 0 : 1;
} catch (error) {
  console.error(`could not be checked: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = 2;
}
