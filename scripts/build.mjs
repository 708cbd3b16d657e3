/** Builds dist/ when it is missing or its sources have changed since. */
import { createHash } from 'node:crypto';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runStep } from './child.mjs';
import { exclusively } from './lock.mjs';
import { cleanEnvironment, lockFile, pinnedNode, root } from './install.mjs';

const SOURCES = ['src', 'migrations', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
const dist = join(root, 'dist');
const record = join(dist, '.build-hash');

/** @param {string} step how the progress line begins, such as `[2/3]` */
export async function build(step) {
  if (await isBuilt()) return;
  const waiting = () => console.log(`${step} waiting for another process that is installing or building ...`);
  await exclusively(lockFile, waiting, async () => {
    if (await isBuilt()) return;
    console.log(`${step} building ...`);
    const hash = await hashSources();
    // What was built from sources that are gone, such as a renamed migration, must not stay.
    await rm(dist, { recursive: true, force: true });
    const cli = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
    for (const args of [[cli, 'build'], [join(dist, 'src', 'backoffice', 'bundle-components.js')]]) {
      const { code, output } = await runStep(pinnedNode(), args, { cwd: root, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
      if (code !== 0) throw new Error(`the build failed (exit code ${code}):\n${output.trim()}`);
    }
    await writeFile(record, hash);
  });
}

async function isBuilt() {
  const recorded = await readFile(record, 'utf8').catch(() => undefined);
  return recorded !== undefined && recorded === (await hashSources());
}

async function hashSources() {
  const files = (await Promise.all(SOURCES.map((source) => listFiles(join(root, source))))).flat().sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${relative(root, file)}\0`).update(await readFile(file)).update('\0');
  return hash.digest('hex');
}

async function listFiles(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts')).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
