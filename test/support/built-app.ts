import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a command of the build said and how it ended. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the build, such as `commands/openapi.js`, in a process of its own. */
export function runBuilt(script: string, args: string[] = [], env: Record<string, string> = {}): Promise<CommandResult> {
  const root = join(import.meta.dirname, '../..');
  const { PATH, HOME } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/src', script), ...args], { cwd: root, env: { PATH, HOME, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
