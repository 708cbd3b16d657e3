/** Installs the packages when they are missing or older than package-lock.json. Runs on Node 20, without packages. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runStep } from './child.mjs';
import { exclusively } from './lock.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const lockFile = join(root, '.bootstrap.lock');

const modules = join(root, 'node_modules');
const record = join(modules, '.install-hash');
const NETWORK_FAILURE = /E(CONNRESET|CONNREFUSED|TIMEDOUT|AI_AGAIN|NOTFOUND|IDLETIMEOUT|PIPE|50\d)|SOCKET_TIMEOUT|network/i;
const RETRY_AFTER_MS = 2_000;
const STILL_AT_IT_MS = 15_000;

/** The environment without what is meant for other programs than those started here. */
export function cleanEnvironment(extra = {}) {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  return { ...environment, ...extra };
}

/** The Node that the project pins as a package; the system's own where that has none for this machine. */
export function pinnedNode() {
  const pinned = join(modules, 'node', 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return process.execPath;
  throw new Error(`Node ${process.versions.node} is too old and the pinned one was not installed (are npm's install scripts off?): use Node 24`);
}

/** @param {string} step how the progress line begins, such as `[1/3]` */
export async function install(step) {
  const wanted = createHash('sha256').update(await readFile(join(root, 'package-lock.json'))).digest('hex');
  if (await isInstalled(wanted)) return;
  const waiting = () => console.log(`${step} waiting for another process that is installing or building ...`);
  await exclusively(lockFile, waiting, async () => {
    if (await isInstalled(wanted)) return;
    console.log(`${step} installing packages (first time only, about a minute) ...`);
    const ticker = setInterval(() => console.log(`${step} still installing ...`), STILL_AT_IT_MS);
    try {
      await npmCi();
    } finally {
      clearInterval(ticker);
    }
    await writeFile(record, wanted);
  });
}

async function isInstalled(wanted) {
  if (!['@nestjs/cli', 'jest'].every((name) => existsSync(join(modules, name, 'package.json')))) return false;
  const recorded = await readFile(record, 'utf8').catch(() => undefined);
  if (recorded !== undefined) return recorded === wanted;
  // Installed by hand: npm writes its own copy of the lock file last.
  const [installed, lock] = await Promise.all([join(modules, '.package-lock.json'), join(root, 'package-lock.json')].map((path) => stat(path).catch(() => undefined)));
  return installed !== undefined && installed.mtimeMs >= lock.mtimeMs;
}

async function npmCi() {
  const attempt = () => {
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
    const options = { cwd: root, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] };
    const cli = process.env.npm_execpath;
    if (cli && basename(cli) === 'npm-cli.js') return runStep(process.execPath, [cli, ...args], options);
    return runStep('npm', args, options);
  };
  let result = await attempt();
  if (result.code !== 0 && NETWORK_FAILURE.test(result.output)) {
    console.log('      the network failed, trying once more ...');
    await sleep(RETRY_AFTER_MS);
    result = await attempt();
  }
  if (result.code !== 0) throw new Error(`npm ci failed (exit code ${result.code}):\n${result.output.trim()}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await install('[1/1]').catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
