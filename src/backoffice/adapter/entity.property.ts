import type { EntityMetadata } from 'typeorm';
import { BaseProperty, type PropertyType } from '../adminjs.js';

type ColumnMetadata = EntityMetadata['columns'][number];

/** What a column holds, as far as filters, sorting and display care. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'timestamp'
  | 'date'
  | 'json'
  | 'uuid'
  | 'other';

const KINDS: Readonly<Record<string, ColumnKind>> = {
  text: 'text',
  citext: 'text',
  character: 'text',
  'character varying': 'text',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'decimal',
  real: 'decimal',
  'double precision': 'decimal',
  boolean: 'boolean',
  'timestamp with time zone': 'timestamp',
  'timestamp without time zone': 'timestamp',
  date: 'date',
  json: 'json',
  jsonb: 'json',
  uuid: 'uuid',
};

/** 64-bit integers and decimals stay text: a JavaScript number would round them. */
const TYPES: Readonly<Record<ColumnKind, PropertyType>> = {
  text: 'string',
  integer: 'string',
  decimal: 'string',
  boolean: 'boolean',
  timestamp: 'datetime',
  date: 'date',
  json: 'textarea',
  uuid: 'uuid',
  other: 'string',
};

/** Quotes an SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface EntityPropertyOptions {
  column: ColumnMetadata;
  /** Postgres' own name of the column's type, without `[]`. */
  databaseType: string;
  position: number;
  isId: boolean;
  /** Id of the resource that the column points to. */
  reference: string | null;
  /** Allowed values, when they are known. */
  values: readonly string[] | null;
}

/** A column of an entity as AdminJS sees it. */
export class EntityProperty extends BaseProperty {
  readonly kind: ColumnKind;
  /** The quoted column. */
  readonly sql: string;

  constructor(private readonly options: EntityPropertyOptions) {
    const kind = KINDS[options.databaseType] ?? 'other';
    super({
      // A dot would make AdminJS look for a nested object.
      path: options.column.propertyPath.replaceAll('.', '_'),
      type: TYPES[kind],
      isId: options.isId,
      position: options.position,
    });
    this.kind = kind;
    this.sql = quoted(options.column.databaseName);
  }

  /** Select expression; what the driver would hand over in a shape of its own goes as text. */
  get selectSql(): string {
    const suffix = this.isArray() ? '::text[]' : '::text';
    return this.kind === 'date' || this.kind === 'other' ? this.sql + suffix : this.sql;
  }

  /** Sort expression; types without an order of their own are sorted as text. */
  get sortSql(): string {
    return this.options.databaseType === 'json' || this.kind === 'other' ? `${this.sql}::text` : this.sql;
  }

  override isArray(): boolean {
    return this.options.column.isArray;
  }

  override isEditable(): boolean {
    return false;
  }

  override type(): PropertyType {
    return this.options.reference ? 'reference' : super.type();
  }

  override reference(): string | null {
    return this.options.reference;
  }

  override availableValues(): string[] | null {
    return this.options.values ? [...this.options.values] : null;
  }

  /** Turns a value from the driver into what AdminJS keeps in a record. */
  toParam(value: unknown): unknown {
    if (value === null || value === undefined) return this.kind === 'boolean' ? '' : null;
    if (this.isArray() && Array.isArray(value)) return value.map((item) => this.elementToParam(item));
    return this.elementToParam(value);
  }

  private elementToParam(value: unknown): unknown {
    if (value instanceof Date) return value.toISOString();
    if (this.kind === 'json') return JSON.stringify(value, null, 2);
    return value;
  }
}
