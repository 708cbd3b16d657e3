import { defineResource } from '../../../platform/backoffice/index.js';
import { CaseComment } from './case-comment.entity.js';
import { CaseCommentsService } from './case-comments.service.js';
import { Like } from './like.entity.js';
import { SavedCase } from './saved-case.entity.js';

const NEWEST_FIRST = { by: 'createdAt', direction: 'desc' } as const;
const MARK = { context: 'rescue', listColumns: ['caseId', 'userId', 'createdAt', 'id'], sort: NEWEST_FIRST };

/** What people put on cases, as staff see it. */
export const caseSocialResources = [
  defineResource({
    entity: CaseComment,
    context: 'rescue',
    label: 'Case comments',
    title: 'content',
    listColumns: ['content', 'caseId', 'userId', 'parentId', 'createdAt', 'deletedAt'],
    sort: NEWEST_FIRST,
    actions: [
      {
        name: 'remove',
        label: 'Remove',
        icon: 'Trash2',
        danger: true,
        roles: ['moderator'],
        needsReason: true,
        confirm: 'Its place stays, its text goes for everyone at once and stays here as evidence for 90 days. There is no way back.',
        appliesTo: (row) => !row['deletedAt'],
        handler: async ({ get, actor, recordId, reason }) => {
          await get(CaseCommentsService).deleteComment(actor, recordId, reason);
        },
      },
    ],
  }),
  defineResource({ ...MARK, entity: Like, label: 'Likes' }),
  defineResource({ ...MARK, entity: SavedCase, label: 'Saved cases' }),
];
