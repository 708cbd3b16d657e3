/** Runs the programs behind `npm start` and `npm test`, one at a time, and passes on what should end them. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const ORPHAN_CHECK_MS = 100;

let current;
let ending = false;

// Only the first signal goes on: npm forwards what a terminal has already sent, and a repeated signal must not
// cut a drain short.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => end(signal));

// npm killed with -9 cannot tell anyone: a new parent process does. (The script in package.json says `exec`, so that
// npm and not its shell is the parent, is heard when it passes a signal on, and waits for the end of a drain.)
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && orphaned(), ORPHAN_CHECK_MS).unref();
}

/** The application hears of it by its ipc channel, and frees its port at once; whatever has none is just ended. */
function orphaned() {
  if (current?.connected) current.disconnect();
  end('SIGTERM');
}

function end(signal) {
  if (ending) return;
  ending = true;
  if (!current) process.exit(128 + constants.signals[signal]);
  current.kill(signal);
}

/**
 * Runs a program to its end.
 *
 * @returns {Promise<{ code: number, output: string }>} its exit code, 128 plus the number for a signal, and what it
 *   wrote where `stdio` is a pipe
 */
export async function run(program, args, options) {
  const child = spawn(program, args, options);
  current = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  try {
    const [code, signal] = await new Promise((resolve, reject) => {
      // Pipes may hold more after the end; without them `close` would wait for a channel that `orphaned` has closed.
      child.once('error', reject).once(child.stdout ? 'close' : 'exit', (...result) => resolve(result));
    });
    return { code: code ?? 128 + constants.signals[signal], output };
  } finally {
    current = undefined;
  }
}

/** Like `run`, but a signal that ended the program ends this process as well. */
export async function runStep(program, args, options) {
  const result = await run(program, args, options);
  if (ending) process.exit(result.code || 1);
  return result;
}
