import { defineResource } from '../../../platform/backoffice/index.js';
import { CaseEndorsement } from './case-endorsement.entity.js';

/** Who vouches for what, and whether it counts: read-only. */
export const caseEndorsementsResource = defineResource({
  entity: CaseEndorsement,
  context: 'rescue',
  label: 'Endorsements',
  listColumns: ['caseId', 'userId', 'qualified', 'createdAt', 'id'],
  sort: { by: 'createdAt', direction: 'desc' },
});
