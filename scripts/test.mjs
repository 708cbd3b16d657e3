/**
 * `npm test`: installs and builds what is missing, runs jest with the given arguments, and closes with the counts of
 * the run, alone on the last line. Runs on Node 20, without packages.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.mjs';
import { build } from './build.mjs';
import { cleanEnvironment, install, pinnedNode, root } from './install.mjs';

let code = 1;
// A run that never comes to its counts has failed.
let counts = { passed: 0, failed: 1, skipped: 0 };
const folder = await mkdtemp(join(tmpdir(), 'pawtreon-test-'));
try {
  await install('[1/3]');
  await build('[2/3]');
  console.log('[3/3] testing ...');
  const countsFile = join(folder, 'counts.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const reporters = ['--reporters=default', `--reporters=${join(root, 'scripts', 'counts.reporter.mjs')}`];
  const env = cleanEnvironment({
    NODE_ENV: 'test',
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    COUNTS_FILE: countsFile,
  });
  // Reporters first: that option takes every bare word after it.
  const args = [jest, ...reporters, '--config', join(root, 'jest.config.mjs'), ...process.argv.slice(2)];
  ({ code } = await run(pinnedNode(), args, { cwd: root, env, stdio: 'inherit' }));
  counts = JSON.parse(await readFile(countsFile, 'utf8'));
} catch (error) {
  if (error.code !== 'ENOENT') console.error(error.message);
} finally {
  await rm(folder, { recursive: true, force: true });
}

const { passed, failed, skipped } = counts;
process.exitCode = code || (failed > 0 || passed === 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
