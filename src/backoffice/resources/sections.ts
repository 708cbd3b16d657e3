import { Logger } from '@nestjs/common';
import type { BackofficeResource, RecordLink, SectionCell, SectionContent } from '../../platform/backoffice/index.js';
import type { Action, ActionContext, RecordActionResponse } from '../adminjs.js';
import { actorOf, type CommandSurroundings, isStaff, mayAct } from './commands.js';

const logger = new Logger('Backoffice');

/** A table that sections may link to. */
export interface LinkTarget {
  resourceId: string;
  roles: BackofficeResource['roles'];
}

/** A section as the browser gets it; null where it could not be loaded. */
export interface ShownSection {
  title: string;
  content: SectionContent | null;
}

/** AdminJS's action behind the page of a record: every section that the person may see, loaded side by side. */
export function sectionsAction(
  { sections = [], roles }: BackofficeResource,
  targets: ReadonlyMap<string, LinkTarget>,
  { get }: Pick<CommandSurroundings, 'get'>,
): Partial<Action<RecordActionResponse>> {
  return {
    actionType: 'record',
    isVisible: false,
    isAccessible: ({ currentAdmin }) => mayAct(currentAdmin, roles),
    handler: async (_request, _response, context) => {
      const { record, currentAdmin } = context;
      if (!record || !isStaff(currentAdmin)) throw new Error('AdminJS asked for sections of nothing or for nobody');
      const request = { recordId: String(record.id()), actor: actorOf(currentAdmin), get };
      const visible = sections.filter((section) => mayAct(currentAdmin, section.roles));
      const shown = await loadSections(visible.map(({ title, load }) => ({ title, load: () => load(request) })), targets, context);
      return { record: record.toJSON(currentAdmin), sections: shown };
    },
  };
}

/** Loads sections side by side; one that fails is logged and shown as such, and takes nothing else with it. */
export function loadSections(sections: readonly { title: string; load(): Promise<SectionContent> }[], targets: ReadonlyMap<string, LinkTarget>, context: LinkContext): Promise<ShownSection[]> {
  return Promise.all(
    sections.map(async ({ title, load }): Promise<ShownSection> => {
      try {
        return { title, content: linked(await load(), targets, context) };
      } catch (error) {
        logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return { title, content: null };
      }
    }),
  );
}

/** The tables that links may lead to. */
export const linkTargets = (declarations: readonly BackofficeResource[], idOf: (entity: BackofficeResource['entity']) => string): Map<string, LinkTarget> =>
  new Map(declarations.map(({ entity, roles }) => [entity.name, { resourceId: idOf(entity), roles }]));

/** Who reads, and how addresses are made. */
type LinkContext = Pick<ActionContext, 'currentAdmin' | 'h'>;

/** Tells each link where it leads, for this person. */
function linked(content: SectionContent, targets: ReadonlyMap<string, LinkTarget>, context: LinkContext): SectionContent {
  const link = (cell: SectionCell): SectionCell => (isLink(cell) ? address(cell, targets, context) : cell);
  if (content.kind === 'table') return { ...content, rows: content.rows.map((row) => row.map(link)) };
  const rows = content.rows.map(({ figures, notes = [] }) => ({
    figures: figures.map((figure) => ({ ...figure, caption: link(figure.caption) })),
    notes: notes.map(link),
  }));
  return { ...content, rows };
}

const isLink = (cell: SectionCell): cell is RecordLink => typeof cell === 'object' && cell?.kind === 'record';

function address(link: RecordLink, targets: ReadonlyMap<string, LinkTarget>, { currentAdmin, h }: LinkContext): RecordLink {
  const target = targets.get(link.entity);
  if (!target) throw new Error(`A section links to ${link.entity}, which nobody shows`);
  if (!mayAct(currentAdmin, target.roles)) return { ...link, label: link.id };
  return { ...link, href: h.showUrl(target.resourceId, link.id) };
}
