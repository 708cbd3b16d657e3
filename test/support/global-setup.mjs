import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Real servers for the whole run: the embedded Postgres (from the build), without fsync since nothing must
 * outlive the run, and Redis where it is installed. Addresses given in the environment are used instead.
 */
export default async function setUp() {
  const servers = (globalThis.__servers = { postgres: null, redis: null });
  if (!process.env.TEST_DATABASE_URL) {
    const { startEmbeddedPostgres } = await import('../../dist/src/platform/embedded/embedded-postgres.js');
    const dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-test-postgres-'));
    servers.postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' } });
    process.env.TEST_DATABASE_URL = servers.postgres.adminUrl;
  }
  if (!process.env.TEST_REDIS_URL && isInstalled('redis-server')) {
    const port = await freePort();
    servers.redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    process.env.TEST_REDIS_URL = `redis://127.0.0.1:${port}`;
  }
  if (!process.env.TEST_REDIS_URL) process.stderr.write('\n!!! redis-server is not installed: what runs on Redis is SKIPPED\n\n');
  if (!process.env.CHROMIUM_PATH && isInstalled('chromium')) process.env.CHROMIUM_PATH = execFileSync('which', ['chromium']).toString().trim();
  if (!process.env.CHROMIUM_PATH) process.stderr.write('\n!!! chromium is not installed: browser tests are SKIPPED\n\n');
  for (const name of ['TEST_REDIS_URL', 'CHROMIUM_PATH']) {
    if (process.env.CI && !process.env[name]) throw new Error(`${name}: CI may not skip what needs it; install it first`);
  }
}

function isInstalled(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
