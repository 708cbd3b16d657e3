import { defineResource } from '../../../platform/backoffice/index.js';
import { TransportRequest } from './transport-request.entity.js';

/** When drivers were asked for, as staff see it. */
export const transportRequestsResource = defineResource({
  entity: TransportRequest,
  context: 'directory',
  label: 'Transport requests',
  listColumns: ['caseId', 'notifiedCount', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
});
