/**
 * `npm run ledger:verify`: compares every cached total with the ledger and the ledger with itself. Exit code 0
 * when all agree, 1 when something differs, 2 when it could not be checked.
 */
import { runLedgerVerification } from '../contexts/giving/ledger/index.js';
import { loadConfig } from '../platform/config/config.js';
import { withDatabase } from './with-database.js';

try {
  process.exitCode = await withDatabase(loadConfig({ ...process.env, NODE_ENV: undefined }), (databaseUrl) => runLedgerVerification(databaseUrl, console.log));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
