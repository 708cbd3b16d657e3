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

/** A run that never came to its results has failed. */
const NO_RESULTS = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 1 };

let code = 1;
let results = NO_RESULTS;
const folder = await mkdtemp(join(tmpdir(), 'pawtreon-test-'));
try {
  await install('[1/3]');
  await build('[2/3]');
  console.log('[3/3] testing ...');
  const output = join(folder, 'results.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--config', join(root, 'jest.config.mjs'), ...process.argv.slice(2), '--json', `--outputFile=${output}`];
  const env = cleanEnvironment({ NODE_ENV: 'test', NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' });
  ({ code } = await run(pinnedNode(), args, { cwd: root, env, stdio: ['inherit', process.stderr.fd, 'inherit'] }));
  results = JSON.parse(await readFile(output, 'utf8').catch(() => JSON.stringify(NO_RESULTS)));
} catch (error) {
  console.error(error.message);
} finally {
  await rm(folder, { recursive: true, force: true });
}

const passed = results.numPassedTests;
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
const skipped = results.numPendingTests + results.numTodoTests;
process.exitCode = code || (failed > 0 || passed === 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
