import { defineResource } from '../../../platform/backoffice/index.js';
import { CaseComment } from './case-comment.entity.js';
import { CaseEndorsement } from './case-endorsement.entity.js';
import { Like } from './like.entity.js';
import { SavedCase } from './saved-case.entity.js';

const NEWEST_FIRST = { by: 'createdAt', direction: 'desc' } as const;
const MARK = { context: 'rescue', listColumns: ['caseId', 'userId', 'createdAt', 'id'], sort: NEWEST_FIRST };

/** What people put on cases, as staff see it: all read-only. */
export const caseSocialResources = [
  defineResource({
    entity: CaseComment,
    context: 'rescue',
    label: 'Case comments',
    title: 'content',
    listColumns: ['content', 'caseId', 'userId', 'parentId', 'createdAt', 'deletedAt'],
    sort: NEWEST_FIRST,
  }),
  defineResource({ ...MARK, entity: CaseEndorsement, label: 'Endorsements' }),
  defineResource({ ...MARK, entity: Like, label: 'Likes' }),
  defineResource({ ...MARK, entity: SavedCase, label: 'Saved cases' }),
];
