import { Check, Column, type ColumnOptions, PrimaryColumn } from 'typeorm';
import { snakeCase } from './naming.js';

/** Primary key: a UUIDv7 made by the application with {@link newId}. */
export const IdColumn = (): PropertyDecorator => PrimaryColumn({ type: 'uuid' });

/** Reference to another row, by id. Pair it with `@ForeignKey('Entity')`. */
export const RefColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ ...options, type: 'uuid' });

/**
 * A point in time, `timestamptz(3)`: a JavaScript date holds milliseconds, and a cursor made from a
 * time with microseconds would skip or repeat rows.
 */
export const TimeColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ ...options, type: 'timestamptz', precision: 3 });

/** Money in integer minor units. `bigint` in the database; safe integers only, so a number here. */
export const MoneyColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({
    ...options,
    type: 'bigint',
    transformer: {
      to: (value: number | null | undefined) => value,
      from: (value: string | null) => (value === null ? null : Number(value)),
    },
  });

/** A closed set of words, held by a check constraint (a Postgres enum cannot lose a value). */
export const ClosedSetColumn =
  (table: string, values: readonly string[], options: ColumnOptions = {}): PropertyDecorator =>
  (target, property) => {
    const column = snakeCase(String(property));
    Column({ ...options, type: 'text' })(target, property);
    Check(`ck_${table}_${column}`, `"${column}" IN (${values.map((value) => `'${value}'`).join(', ')})`)(target.constructor);
  };
