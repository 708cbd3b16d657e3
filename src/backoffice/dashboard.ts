import type { DataSource } from 'typeorm';
import type { BackofficeResource } from '../platform/backoffice/index.js';
import { type AdminJSOptions, Filter } from './adminjs.js';
import { COUNT_CAP } from './adapter/entity.resource.js';
import { resourceId, resourceLabel } from './resources/admin-resources.js';
import { actorOf, type CommandSurroundings, isStaff, mayAct } from './resources/commands.js';
import { linkTargets, loadSections } from './resources/sections.js';

/** One table on the start page. `count` is text, since it stops at "1,000+". */
export interface DashboardEntry {
  label: string;
  href: string;
  count: string;
}

/** The tables of one bounded context. */
export interface DashboardGroup {
  context: string;
  entries: DashboardEntry[];
}

/** The start page: what needs attention, and every table the person may see, grouped by context, with its number of rows. */
export function dashboard(declarations: readonly BackofficeResource[], dataSource: DataSource, { get }: Pick<CommandSurroundings, 'get'>): AdminJSOptions['dashboard'] {
  const targets = linkTargets(declarations, (entity) => resourceId(dataSource, entity));
  return {
    component: 'Dashboard',
    handler: async (_request, _response, { _admin, currentAdmin, h }) => {
      if (!isStaff(currentAdmin)) throw new Error('AdminJS asked for the start page of nobody');
      const groups = new Map<string, DashboardEntry[]>();
      for (const declaration of declarations) {
        if (!mayAct(currentAdmin, declaration.roles)) continue;
        const id = resourceId(dataSource, declaration.entity);
        const resource = _admin.findResource(id);
        const count = await resource.count(new Filter({}, resource));
        const entry = {
          label: resourceLabel(dataSource, declaration),
          href: h.resourceUrl({ resourceId: id }),
          count: count >= COUNT_CAP ? `${(COUNT_CAP - 1).toLocaleString('en')}+` : String(count),
        };
        groups.set(declaration.context, [...(groups.get(declaration.context) ?? []), entry]);
      }
      const actor = actorOf(currentAdmin);
      const panels = declarations.flatMap(({ panel, roles }) => (panel && mayAct(currentAdmin, roles) ? [{ title: panel.title, load: () => panel.load({ actor, get }) }] : []));
      return {
        panels: await loadSections(panels, targets, { currentAdmin, h }),
        groups: [...groups].map(([context, entries]): DashboardGroup => ({ context, entries })),
      };
    },
  };
}
