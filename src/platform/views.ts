import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder `views/<name>`, looked for upwards: the built code lies one folder deeper than the source, and the process may be started from anywhere. */
export function viewsFolder(name: string, from = import.meta.dirname): string {
  const folder = join(from, 'views', name);
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error(`views/${name} was not found above the program`);
  return viewsFolder(name, parent);
}
