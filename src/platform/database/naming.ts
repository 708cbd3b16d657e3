import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** camelCase to snake_case; digits stay with the word before them (`is24h` -> `is24h`). */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Columns are the snake_case of the property; tables and indexes are always named by hand. */
export class SnakeNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined, embeddedPrefixes: string[]): string {
    return snakeCase([...embeddedPrefixes, customName ?? propertyName].join('_'));
  }

  override foreignKeyName(tableOrName: { name: string } | string, columnNames: string[]): string {
    return `fk_${bare(tableOrName)}_${columnNames.join('_')}`;
  }

  override primaryKeyName(tableOrName: { name: string } | string): string {
    return `pk_${bare(tableOrName)}`;
  }

  override uniqueConstraintName(tableOrName: { name: string } | string, columnNames: string[]): string {
    return `ux_${bare(tableOrName)}_${columnNames.join('_')}`;
  }
}

const bare = (table: { name: string } | string): string => (typeof table === 'string' ? table : table.name).split('.').pop()!;
