import type { DataSource, EntityMetadata } from 'typeorm';
import type { Type } from '@nestjs/common';
import { AppError, BaseProperty, BaseRecord, BaseResource, type Filter } from '../adminjs.js';
import { EntityProperty, quoted } from './entity.property.js';
import { type Bind, equalsSql, filterSql, likePattern } from './filter-sql.js';

/** Counting stops here: a full count of a large table costs more than the page it stands on. */
export const COUNT_CAP = 1_001;

const MAX_PAGE = 500;
const QUERY_CANCELED = '57014';

export interface EntityResourceOptions {
  /** Id in URLs, unique in the back office. */
  id: string;
  entity: Type<object>;
  dataSource: DataSource;
  /** Property that names a record in pickers; the primary key when absent. */
  title?: string;
  /** Properties that are never read. */
  hidden?: readonly string[];
  /** Allowed values by property. */
  enums?: Readonly<Record<string, readonly string[]>>;
  /** Resource ids by property. */
  references?: Readonly<Record<string, string>>;
}

interface FindOptions {
  limit?: number;
  offset?: number;
  sort?: { sortBy?: string; direction?: 'asc' | 'desc' };
}

/**
 * Reads one entity's table for AdminJS, straight from TypeORM's metadata. It has no writes: they go
 * through the commands that a resource declares.
 */
export class EntityResource extends BaseResource {
  private readonly metadata: EntityMetadata;
  private readonly columns = new Map<string, EntityProperty>();
  private readonly keys: EntityProperty[];
  /** Holds all parts of a composite primary key; a single one is its own id. */
  private readonly compositeId: BaseProperty | null;
  /** Totals that a page has already told, so that they need no count of their own. */
  private readonly knownTotals = new WeakMap<Filter, number>();

  constructor(private readonly options: EntityResourceOptions) {
    super(options);
    const { dataSource } = options;
    this.metadata = dataSource.getMetadata(options.entity);
    const composite = this.metadata.primaryColumns.length > 1;
    for (const column of this.metadata.columns) {
      if (column.isVirtual || !column.isSelect || options.hidden?.includes(column.propertyPath)) continue;
      const databaseType = dataSource.driver.normalizeType(column);
      if (databaseType === 'bytea') continue;
      const property = new EntityProperty({
        column,
        databaseType,
        position: this.columns.size + 1,
        isId: column.isPrimary && !composite,
        reference: options.references?.[column.propertyPath] ?? null,
        values: options.enums?.[column.propertyPath] ?? column.enum?.map(String) ?? null,
      });
      this.columns.set(property.path(), property);
    }
    this.keys = [...this.columns.values()].filter((property) =>
      this.metadata.primaryColumns.some((column) => quoted(column.databaseName) === property.sql),
    );
    if (this.keys.length !== this.metadata.primaryColumns.length || this.keys.length === 0) {
      throw new Error(`${this.metadata.name}: the back office needs to see the whole primary key`);
    }
    this.compositeId = composite
      ? new BaseProperty({ path: 'recordKey', type: 'string', isId: true, isSortable: false })
      : null;
  }

  override id(): string {
    return this.options.id;
  }

  override databaseName(): string {
    return this.metadata.schema ?? 'public';
  }

  override databaseType(): string {
    return 'postgres';
  }

  override properties(): BaseProperty[] {
    return [...(this.compositeId ? [this.compositeId] : []), ...this.columns.values()];
  }

  override property(path: string): BaseProperty | null {
    return path === this.compositeId?.path() ? this.compositeId : this.column(path);
  }

  /** The column behind a property, if there is one. */
  column(path: string): EntityProperty | null {
    return this.columns.get(path) ?? null;
  }

  /** Property that orders a list by default: UUIDv7 keys rise with time. */
  defaultSort(): string {
    return this.keys[0]?.path() ?? '';
  }

  /** Number of matching rows, never more than {@link COUNT_CAP}. */
  override async count(filter: Filter): Promise<number> {
    const known = this.knownTotals.get(filter);
    if (known !== undefined) return Math.min(known, COUNT_CAP);
    const { bind, parameters } = binder();
    const where = this.whereSql(filter, bind);
    const [row] = await this.run(
      `SELECT count(*)::int AS total FROM (SELECT 1 FROM ${this.table} WHERE ${where} LIMIT ${COUNT_CAP}) AS capped`,
      parameters,
    );
    return Number(row?.['total'] ?? 0);
  }

  override async find(filter: Filter, options: FindOptions): Promise<BaseRecord[]> {
    const { bind, parameters } = binder();
    const where = this.whereSql(filter, bind);
    const order = this.orderSql(options.sort);
    const limit = whole(options.limit, 10, MAX_PAGE);
    const offset = whole(options.offset, 0);
    const page = `LIMIT ${bind(limit)} OFFSET ${bind(offset)}`;
    const records = await this.select(`WHERE ${where} ORDER BY ${order} ${page}`, parameters);
    const isLastPage = records.length < limit && (records.length > 0 || offset === 0);
    if (isLastPage) this.knownTotals.set(filter, offset + records.length);
    return records;
  }

  /** Answers null for ids that no record can have, as for those that none has. */
  override async findOne(id: string): Promise<BaseRecord | null> {
    const [record] = await this.findMany([id]);
    return record ?? null;
  }

  override async findMany(ids: (string | number)[]): Promise<BaseRecord[]> {
    const { bind, parameters } = binder();
    if (ids.length === 0) return [];
    return this.select(`WHERE ${ids.map((id) => this.idSql(String(id), bind)).join(' OR ')}`, parameters);
  }

  /**
   * Records for a picker: those whose title contains the text, or the one that it is the id of.
   * They come by primary key and not by title, so that a large table need not be sorted whole.
   */
  async search(text: string, limit: number, titlePath?: string): Promise<BaseRecord[]> {
    const { bind, parameters } = binder();
    const query = text.trim().replaceAll('\0', '');
    const title = this.column(titlePath ?? this.options.title ?? this.defaultSort());
    const conditions: string[] = [];
    if (query !== '') conditions.push(this.idSql(query, bind));
    if (query !== '' && title) conditions.push(`${title.sql}::text ILIKE ${bind(likePattern(query))}`);
    const where = conditions.join(' OR ') || 'TRUE';
    const order = this.orderSql({ sortBy: this.defaultSort(), direction: 'desc' });
    return this.select(`WHERE ${where} ORDER BY ${order} LIMIT ${bind(whole(limit, 20, MAX_PAGE))}`, parameters);
  }

  private get table(): string {
    const { schema, tableName } = this.metadata;
    return schema ? `${quoted(schema)}.${quoted(tableName)}` : quoted(tableName);
  }

  private whereSql(filter: Filter, bind: Bind): string {
    const conditions = Object.entries(filter.filters).flatMap(([path, element]) => {
      const column = this.column(path);
      return column ? [filterSql(column, element.value, bind)] : [];
    });
    return conditions.length === 0 ? 'TRUE' : conditions.map((condition) => `(${condition})`).join(' AND ');
  }

  /** Ends with the primary key, so that pages neither repeat nor skip rows. */
  private orderSql(sort: FindOptions['sort']): string {
    const direction = sort?.direction === 'asc' ? 'ASC' : 'DESC';
    const column = this.column(sort?.sortBy ?? '');
    const rest = this.keys.filter((key) => key !== column);
    return [...(column ? [column.sortSql] : []), ...rest.map((key) => key.sortSql)]
      .map((expression) => `${expression} ${direction}`)
      .join(', ');
  }

  private idSql(id: string, bind: Bind): string {
    const parts = this.compositeId ? decodeCompositeId(id) : [id];
    if (parts.length !== this.keys.length) return 'FALSE';
    return `(${this.keys.map((key, index) => equalsSql(key, parts[index] ?? '', bind)).join(' AND ')})`;
  }

  private async select(rest: string, parameters: unknown[]): Promise<BaseRecord[]> {
    const columns = [...this.columns.values()].map((column) => `${column.selectSql} AS ${quoted(column.path())}`);
    const rows = await this.run(`SELECT ${columns.join(', ')} FROM ${this.table} ${rest}`, parameters);
    return rows.map((row) => new BaseRecord(this.toParams(row), this));
  }

  private toParams(row: Record<string, unknown>): Record<string, unknown> {
    const params: Record<string, unknown> = {};
    for (const column of this.columns.values()) params[column.path()] = column.toParam(row[column.path()]);
    if (this.compositeId) {
      params[this.compositeId.path()] = encodeCompositeId(this.keys.map((key) => String(params[key.path()])));
    }
    return params;
  }

  private async run(sql: string, parameters: unknown[]): Promise<Record<string, unknown>[]> {
    try {
      return await this.options.dataSource.query<Record<string, unknown>[]>(sql, parameters);
    } catch (error) {
      if (isQueryCanceled(error)) {
        throw new AppError('This search takes too long. Narrow it with another filter.');
      }
      throw error;
    }
  }
}

/** Opaque and safe in URLs and in AdminJS's comma-separated lists of ids. */
const encodeCompositeId = (parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

function decodeCompositeId(id: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(id, 'base64url').toString());
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}

function binder(): { bind: Bind; parameters: unknown[] } {
  const parameters: unknown[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}

/** A whole number from a query string, or the fallback. */
function whole(value: unknown, fallback: number, max = Number.MAX_SAFE_INTEGER): number {
  const number = Math.trunc(Number(value));
  return Number.isSafeInteger(number) && number >= 0 ? Math.min(number, max) : fallback;
}

const isQueryCanceled = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === QUERY_CANCELED;
