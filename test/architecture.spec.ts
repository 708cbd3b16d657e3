import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EDGES } from '../src/contexts/edges.js';

const ROOT = join(import.meta.dirname, '..');

interface Dependency {
  resolved: string;
  dependencyTypes: string[];
}
interface SourceFile {
  source: string;
  dependencies: Dependency[];
}

/** `src/contexts/giving/ledger/x.ts` is of module `giving/ledger`; files right under a context belong to the context. */
const moduleOf = (path: string): string | null => /^src\/contexts\/([^/]+\/[^/.]+)\//.exec(path)?.[1] ?? null;
const contextOf = (path: string): string | null => /^src\/contexts\/([^/]+)\//.exec(path)?.[1] ?? null;
const isTest = (path: string): boolean => path.endsWith('.spec.ts');

describe('the architecture', () => {
  let files: SourceFile[];
  const sources = listFiles(join(ROOT, 'src')).concat(listFiles(join(ROOT, 'migrations')));

  beforeAll(() => {
    const cruiser = join(ROOT, 'node_modules/.bin/depcruise');
    const graph = execFileSync(process.execPath, [cruiser, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    files = (JSON.parse(graph.toString()) as { modules: SourceFile[] }).modules.filter((file) => file.source.startsWith('src/') && !isTest(file.source));
  });

  const imports = (wanted: (from: string, to: string, dependency: Dependency) => boolean): string[] =>
    files.flatMap((file) => file.dependencies.filter((d) => wanted(file.source, d.resolved, d)).map((d) => `${file.source} -> ${d.resolved}`));

  it('was read whole', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it('keeps the platform free of contexts, back office and demo', () => {
    expect(imports((from, to) => from.startsWith('src/platform/') && /^src\/(contexts|backoffice|demo)\//.test(to))).toEqual([]);
  });

  it('lets only the application, the back office and the demo stand above contexts', () => {
    expect(imports((from, to) => from.startsWith('src/contexts/') && !to.startsWith('src/contexts/') && !to.startsWith('src/platform/') && to.startsWith('src/'))).toEqual([]);
  });

  it('imports a module only through its index.ts', () => {
    const past = imports((from, to) => {
      const target = moduleOf(to);
      return target !== null && moduleOf(from) !== target && !to.endsWith(`${target}/index.ts`);
    });
    expect(past).toEqual([]);
  });

  it('imports another module only along a declared edge', () => {
    const declared = new Set(EDGES.map((edge) => `${edge.from} -> ${edge.to}`));
    const used = new Set(
      files.flatMap((file) =>
        file.dependencies.flatMap((d) => {
          const from = moduleOf(file.source);
          const to = moduleOf(d.resolved);
          return from && to && from !== to ? [`${from} -> ${to}`] : [];
        }),
      ),
    );
    expect([...used].filter((edge) => !declared.has(edge))).toEqual([]);
    expect([...declared].filter((edge) => !used.has(edge))).toEqual([]);
    for (const edge of EDGES) expect(edge.reason.length).toBeGreaterThan(20);
  });

  it('has no cycle between modules or files', () => {
    const ofModules = new Map<string, Set<string>>();
    const ofFiles = new Map<string, Set<string>>();
    for (const file of files) {
      for (const d of file.dependencies.filter((x) => x.resolved.startsWith('src/'))) {
        const [from, to] = [moduleOf(file.source), moduleOf(d.resolved)];
        if (from && to && from !== to) add(ofModules, from, to);
        if (!d.dependencyTypes.includes('type-only')) add(ofFiles, file.source, d.resolved);
      }
    }
    expect(findCycle(ofModules)).toBeNull();
    expect(findCycle(ofFiles)).toBeNull();
  });

  it('imports typeorm only where rows are read and written', () => {
    // The back office shows entities by their metadata.
    const allowed = /(\.entity|\.queries|\.service)\.ts$|^src\/platform\/database\/|^src\/backoffice\//;
    expect(imports((from, to) => /node_modules\/typeorm\//.test(to) && !allowed.test(from))).toEqual([]);
  });

  it('keeps files short and named for what they are', () => {
    const faults = sources.flatMap((path) => {
      const lines = readFileSync(path, 'utf8').split('\n').length;
      const name = relative(ROOT, path);
      return [
        ...(lines > 400 ? [`${name} has ${lines} lines`] : []),
        ...(/(^|[/.-])(utils?|common|helpers?|manager)([/.-]|$)/.test(name) ? [`${name} is a drawer, not a name`] : []),
      ];
    });
    expect(faults).toEqual([]);
  });

  it('says of every table which class it is of', () => {
    const silent = sources.filter((path) => path.endsWith('.entity.ts') && !/\* (Aggregate root|Child|Lookup|Log|Projection)\./.test(readFileSync(path, 'utf8')));
    expect(silent.map((path) => relative(ROOT, path))).toEqual([]);
  });

  it('gives every table one owner', () => {
    const owners = sources
      .filter((path) => path.endsWith('.entity.ts'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/@Entity\(\{ schema: '(\w+)', name: '(\w+)'/g)].map((match) => `${match[1]}.${match[2]}`));
    expect(owners.length).toBeGreaterThan(5);
    expect(owners.filter((table, i) => owners.indexOf(table) !== i)).toEqual([]);
  });

  it('puts each table of a context into that context’s schema', () => {
    const strays = sources
      .filter((path) => path.endsWith('.entity.ts'))
      .filter((path) => {
        const name = relative(ROOT, path);
        const expected = contextOf(name) ?? name.split('/')[1];
        return [...readFileSync(path, 'utf8').matchAll(/@Entity\(\{ schema: '(\w+)'/g)].some((match) => match[1] !== expected);
      });
    expect(strays.map((path) => relative(ROOT, path))).toEqual([]);
  });

  it('silences neither the linter nor the type checker', () => {
    const loud = sources.filter((path) => /@ts-(ignore|nocheck|expect-error)|eslint-disable|forwardRef/.test(readFileSync(path, 'utf8')));
    expect(loud.map((path) => relative(ROOT, path))).toEqual([]);
  });
});

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function add(graph: Map<string, Set<string>>, from: string, to: string): void {
  graph.set(from, (graph.get(from) ?? new Set()).add(to));
}

/** The first cycle found, as a path, or null. */
function findCycle(graph: Map<string, Set<string>>): string[] | null {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string[] | null => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return null;
}
