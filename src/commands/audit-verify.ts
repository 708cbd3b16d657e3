/**
 * `npm run audit:verify`: checks the hash chain of the audit log of this installation. Exit code 0 when it is
 * whole, 1 when a row is bad, 2 when it could not be checked.
 */
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { AuditChain } from '../platform/audit/audit-chain.js';
import { loadConfig } from '../platform/config/config.js';
import { withDatabase } from './with-database.js';

try {
  const config = loadConfig({ LOG_LEVEL: 'error', ...process.env, NODE_ENV: undefined, APP_ROLES: 'api' });
  const result = await withDatabase(config, async (databaseUrl) => {
    const app = await NestFactory.createApplicationContext(AppModule.with(config, databaseUrl, []), { logger: ['error'], abortOnError: false });
    try {
      return await app.get(AuditChain).verify();
    } finally {
      await app.close();
    }
  });
  if (result.ok) console.log(`ok: ${result.checked} rows, head ${result.headSeq} ${result.headHash}`);
  else console.error(`bad: row ${result.firstBadSeq} is the first that is not as it was written (${result.checked} rows, head ${result.headSeq})`);
  process.exitCode = result.ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
