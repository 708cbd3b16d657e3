import type { DataSource } from 'typeorm';
import type { BackofficeResource } from '../../platform/backoffice/index.js';

/** Refuses a declaration that names properties which its entity does not have. */
export function assertDeclaration(declaration: BackofficeResource, dataSource: DataSource): void {
  const known = new Set(dataSource.getMetadata(declaration.entity).columns.map((column) => column.propertyPath.replaceAll('.', '_')));
  const named = [
    ...(declaration.title ? [declaration.title] : []),
    ...(declaration.listColumns ?? []),
    ...(declaration.sort ? [declaration.sort.by] : []),
    ...Object.entries(declaration.money ?? {}).flat(),
    ...Object.keys(declaration.enums ?? {}),
    ...Object.keys(declaration.references ?? {}),
    ...(declaration.hidden ?? []).map((path) => path.replaceAll('.', '_')),
  ];
  const unknown = named.filter((property) => !known.has(property));
  if (unknown.length > 0) {
    throw new Error(`${declaration.entity.name} has no ${unknown.join(', ')} to show in the back office`);
  }
}
