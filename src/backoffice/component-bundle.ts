import { glob, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AdminJS, AppController, ComponentLoader } from './adminjs.js';
import { ADMIN_JS_FOLDER } from './adminjs-environment.js';

const FOLDER = join(import.meta.dirname, 'components');

/** Components that replace AdminJS's own of the same name; all others are added. */
const OVERRIDES = new Set(['ActionHeader', 'DefaultListAction', 'DefaultShowAction']);
const COMPONENTS: Readonly<Record<string, string>> = {
  ActionHeader: 'record-header',
  CommandForm: 'command-form',
  Dashboard: 'dashboard',
  DayRangeFilter: 'day-range-filter',
  DefaultListAction: 'capped-list',
  DownloadForm: 'download-form',
  DefaultShowAction: 'record-page',
  IdValue: 'id-value',
  JsonValue: 'json-value',
  ListValue: 'list-value',
  MoneyValue: 'money-value',
  TextFilter: 'text-filter',
  TimeValue: 'time-value',
};

export function componentLoader(): ComponentLoader {
  const loader = new ComponentLoader();
  for (const [name, file] of Object.entries(COMPONENTS)) {
    if (OVERRIDES.has(name)) loader.override(name, join(FOLDER, file));
    else loader.add(name, join(FOLDER, file));
  }
  return loader;
}

/** The browser bundle of the components above. */
export class ComponentBundle {
  private ready: Promise<string> | null = null;

  constructor(private readonly admin: AdminJS) {}

  /** Path of the bundle; built first when it is missing or older than a component. */
  path(): Promise<string> {
    this.ready ??= this.build().catch((error: unknown) => {
      this.ready = null;
      throw error;
    });
    return this.ready;
  }

  private async build(): Promise<string> {
    const path = join(ADMIN_JS_FOLDER, 'bundle.js');
    if ((await modifiedAt(path)) < (await newestComponent())) {
      // AdminJS bundles only when there is no bundle.
      await rm(path, { force: true });
      await new AppController({ admin: this.admin }, null).bundleComponents();
    }
    return path;
  }
}

async function newestComponent(): Promise<number> {
  let newest = 0;
  for await (const file of glob('*', { cwd: FOLDER })) newest = Math.max(newest, await modifiedAt(join(FOLDER, file)));
  return newest;
}

const modifiedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
