import type { DataSource } from 'typeorm';
import type { BackofficeResource } from '../../platform/backoffice/index.js';
import type { EntityProperty } from '../adapter/entity.property.js';
import { COUNT_CAP, EntityResource } from '../adapter/entity.resource.js';
import type { ActionContext, ListActionResponse, PropertyOptions, RecordActionResponse, RecordJSON, ResourceOptions, ResourceWithOptions } from '../adminjs.js';
import { type CommandSurroundings, createAction, downloadAction, mayAct, recordAction } from './commands.js';
import { type LinkTarget, linkTargets, sectionsAction } from './sections.js';

const PICKER_LIMIT = 30;

/** Turns declarations into AdminJS resources, with references between those that are declared. */
export function adminResources(
  declarations: readonly BackofficeResource[],
  dataSource: DataSource,
  around: CommandSurroundings,
): ResourceWithOptions[] {
  const ids = new Map(declarations.map(({ entity }) => [entity as unknown, resourceId(dataSource, entity)]));
  const targets = linkTargets(declarations, (entity) => resourceId(dataSource, entity));
  return declarations.map((declaration) => {
    const references: Record<string, string> = {};
    for (const { columns, referencedColumns, referencedEntityMetadata } of dataSource.getMetadata(declaration.entity).foreignKeys) {
      const [column] = columns;
      const target = ids.get(referencedEntityMetadata.target);
      const toWholeKey = referencedColumns.length === 1 && referencedEntityMetadata.primaryColumns.length === 1;
      if (column && target && toWholeKey && referencedColumns[0]?.isPrimary) references[column.propertyPath] = target;
    }
    for (const [property, entity] of Object.entries(declaration.references ?? {})) {
      const target = ids.get(entity);
      if (target) references[property] = target;
    }
    const resource = new EntityResource({ ...declaration, id: resourceId(dataSource, declaration.entity), dataSource, references });
    return { resource, options: resourceOptions(declaration, resource, { ...around, readers: declaration.roles }, targets) };
  });
}

/** Id in URLs: schema and table, since contexts bring tables of the same name. */
export function resourceId(dataSource: DataSource, entity: BackofficeResource['entity']): string {
  const { schema, tableName } = dataSource.getMetadata(entity);
  return schema ? `${schema}_${tableName}` : tableName;
}

/** Name in the menu: as declared, else `case_updates` becomes `Case updates`. */
export function resourceLabel(dataSource: DataSource, { entity, label }: BackofficeResource): string {
  const words = dataSource.getMetadata(entity).tableName.replaceAll('_', ' ');
  return label ?? words.charAt(0).toUpperCase() + words.slice(1);
}

function resourceOptions(
  declaration: BackofficeResource,
  resource: EntityResource,
  around: CommandSurroundings,
  targets: ReadonlyMap<string, LinkTarget>,
): ResourceOptions {
  const hasSections = (declaration.sections ?? []).length > 0;
  const visible = { isAccessible: ({ currentAdmin }: ActionContext) => mayAct(currentAdmin, declaration.roles) };
  const never = { isAccessible: false, isVisible: false };
  return {
    navigation: { name: declaration.context.charAt(0).toUpperCase() + declaration.context.slice(1), icon: 'Folder' },
    titleProperty: declaration.title ?? resource.defaultSort(),
    ...(declaration.listColumns ? { listProperties: [...declaration.listColumns] } : {}),
    sort: { sortBy: declaration.sort?.by ?? resource.defaultSort(), direction: declaration.sort?.direction ?? 'desc' },
    properties: propertyOptions(declaration, resource),
    actions: {
      list: {
        ...visible,
        before: (request) => ({ ...request, query: knownFilters(resource, request.query ?? {}) }),
        after: (response: ListActionResponse) => {
          // The count stops at a cap; the page after this one must stay in reach.
          const { meta } = response;
          if (meta.total >= COUNT_CAP) meta.total = Math.max(COUNT_CAP, meta.page * meta.perPage + 1);
          response.records.forEach(trimReferences);
          return response;
        },
      },
      show: {
        ...visible,
        custom: { hasSections },
        after: (response: RecordActionResponse) => {
          trimReferences(response.record);
          return response;
        },
      },
      search: {
        ...visible,
        handler: async (request, _response, { currentAdmin }) => {
          const property: unknown = request.query?.['searchProperty'];
          const records = await resource.search(
            request.params.query ?? '',
            PICKER_LIMIT,
            typeof property === 'string' ? property : undefined,
          );
          return { records: records.map((record) => record.toJSON(currentAdmin)) };
        },
      },
      new: declaration.create ? createAction(declaration.create, around) : never,
      edit: declaration.edit ? recordAction(declaration.edit, around) : never,
      ...(hasSections ? { sections: sectionsAction(declaration, targets, around) } : {}),
      delete: never,
      bulkDelete: never,
      ...Object.fromEntries((declaration.actions ?? []).map((action) => [action.name, recordAction(action, around)])),
      ...Object.fromEntries((declaration.downloads ?? []).map((download) => [download.name, downloadAction(download, resource.id(), around)])),
    },
  };
}

/**
 * AdminJS sends the whole of every record that is referred to. Its title is enough, and its id where
 * the person may not open it.
 */
function trimReferences(record: RecordJSON): void {
  for (const reference of Object.values(record.populated ?? {})) {
    if (!reference) continue;
    reference.params = {};
    if (!reference.recordActions.some((action) => action.name === 'show')) reference.title = String(reference.id);
  }
}

/** AdminJS fails on filters for properties it does not know, so that an old bookmark would break the page. */
function knownFilters(resource: EntityResource, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).filter(([key]) => {
      if (key !== 'filters' && !key.startsWith('filters.')) return true;
      return resource.column(key.slice('filters.'.length).split('~~')[0] ?? '') !== null;
    }),
  );
}

/** Components that draw values which AdminJS would show raw. References are drawn as links by AdminJS. */
function valueComponent(column: EntityProperty, isMoney: boolean): string | null {
  if (isMoney) return 'MoneyValue';
  if (column.reference()) return null;
  if (column.isArray()) return 'ListValue';
  switch (column.kind) {
    case 'timestamp':
      return 'TimeValue';
    case 'json':
      return 'JsonValue';
    case 'uuid':
      return 'IdValue';
    default:
      return null;
  }
}

/** Filters where AdminJS draws none (arrays) or a wrong one (days). */
function filterComponent(column: EntityProperty): string | null {
  if (column.isArray()) return 'TextFilter';
  return column.kind === 'date' ? 'DayRangeFilter' : null;
}

function propertyOptions(declaration: BackofficeResource, resource: EntityResource): Record<string, PropertyOptions> {
  const options: Record<string, PropertyOptions> = {};
  for (const property of resource.properties()) {
    const path = property.path();
    const column = resource.column(path);
    if (!column) {
      options[path] = { isVisible: false };
      continue;
    }
    const currency = declaration.money?.[path];
    const value = valueComponent(column, currency !== undefined);
    const filter = filterComponent(column);
    options[path] = {
      components: { ...(value ? { list: value, show: value } : {}), ...(filter ? { filter } : {}) },
      ...(currency ? { custom: { currency } } : {}),
    };
  }
  return options;
}
