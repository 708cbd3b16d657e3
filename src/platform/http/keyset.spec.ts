import 'reflect-metadata';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { TestApp } from '../../../test/support/test-app.js';
import { Public } from '../auth/access.js';
import { Database } from '../database/database.js';
import { decodeCursor, encodeCursor, PageQuery, toPage } from './keyset.js';

interface Row {
  id: string;
  created_at: Date;
}

const idOf = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

@Controller('test/rows')
@Public()
class RowsController {
  constructor(private readonly database: Database) {}

  @Get()
  async list(@Query() query: PageQuery): Promise<unknown> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT id, created_at FROM platform.test_rows
        WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid)
        ORDER BY created_at DESC, id DESC LIMIT $3`,
      [after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.created_at.toISOString(), row.id], (row) => row.id);
  }
}

@Module({ controllers: [RowsController] })
class RowsModule {}

interface RowPage {
  items: string[];
  nextCursor: string | null;
}

describe('cursors', () => {
  it('come back as they went', () => {
    const key = ['2026-03-01T10:00:00.123Z', idOf(1), 'text with ünïcode', 12.5, true];
    expect(decodeCursor(encodeCursor(key), ['time', 'uuid', 'text', 'number', 'boolean'])).toEqual(key);
    expect(decodeCursor(undefined, ['time'])).toBeNull();
  });

  it.each([
    ['of another list', encodeCursor(['title', idOf(1)])],
    ['with a member too many', encodeCursor(['2026-03-01T10:00:00.123Z', idOf(1), 1])],
    ['with a member too few', encodeCursor(['2026-03-01T10:00:00.123Z'])],
    ['with SQL for an id', encodeCursor(['2026-03-01T10:00:00.123Z', `' OR 1=1 --`])],
    ['that is no JSON', Buffer.from('[').toString('base64url')],
    ['that is no list', Buffer.from('{"0":1}').toString('base64url')],
    ['that is plain rubbish', '%%%'],
    ['that is empty', ''],
  ])('%s are refused', (_, cursor) => {
    expect(() => decodeCursor(cursor, ['time', 'uuid'])).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID', status: 400 }));
  });
});

describe('a list over HTTP', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({}, [RowsModule]);
    await app.createTable('platform.test_rows', 'id uuid PRIMARY KEY, created_at timestamptz(3) NOT NULL');
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    await app.sql(`TRUNCATE platform.test_rows`);
    // Three rows share each time, so that pages end between rows of one time.
    await app.sql(
      `INSERT INTO platform.test_rows SELECT ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '2026-03-01T10:00:00.123Z'::timestamptz + (n / 3) * interval '1 ms'
         FROM generate_series(1, 250) n`,
    );
  });

  const page = async (query: string): Promise<RowPage> => (await app.get<RowPage>(`/test/rows${query}`)).body;

  async function walk(limit: number, between: (n: number) => Promise<unknown> = () => Promise.resolve()): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let n = 0; n < 300; n++) {
      const answer: RowPage = await page(`?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === null) return seen;
      await between(n);
    }
    throw new Error('the list never ended');
  }

  it('shows every row once, in order, and then no cursor', async () => {
    expect(await walk(7)).toEqual(Array.from({ length: 250 }, (_, n) => idOf(250 - n)));
  });

  it('ends without an empty page when the rows fill the last one exactly', async () => {
    const first = await page('?limit=100');
    const second = await page(`?limit=100&cursor=${first.nextCursor}`);
    const third = await page(`?limit=50&cursor=${second.nextCursor}`);
    expect([third.items.length, third.nextCursor]).toEqual([50, null]);
  });

  it('neither repeats nor skips when rows are added while somebody reads', async () => {
    const seen = await walk(10, (n) => app.sql(`INSERT INTO platform.test_rows VALUES ($1, now()), ($2, '2026-01-01')`, [idOf(1_000 + n), idOf(2_000 + n)]));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(Array.from({ length: 250 }, (_, n) => idOf(n + 1))));
  });

  it.each([
    ['', 20],
    ['?limit=1', 1],
    ['?limit=100', 100],
    ['?limit=101', 100],
    ['?limit=99999999999999999999', 100],
  ])('answers "%s" with %i rows', async (query, count) => {
    expect((await page(query)).items).toHaveLength(count);
  });

  it.each(['0', '-1', 'abc', '1.5', '', 'NaN', '1&limit=2'])('refuses limit=%s', async (limit) => {
    const answer = await app.get(`/test/rows?limit=${limit}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION', errors: [{ path: 'limit' }] } });
  });

  it.each([encodeCursor(['x', idOf(1)]), 'rubbish', '', 'a&cursor=b', 'x'.repeat(3_000)])('refuses the cursor %#', async (cursor) => {
    const answer = await app.get<{ code: string }>(`/test/rows?cursor=${cursor}`);
    expect(answer.status).toBe(400);
    expect(['CURSOR_INVALID', 'VALIDATION']).toContain(answer.body.code);
  });
});
