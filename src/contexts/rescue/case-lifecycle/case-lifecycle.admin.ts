import { defineActions } from '../../../platform/backoffice/index.js';
import { LIFECYCLE_STAGES, type LifecycleStage } from '../cases/index.js';
import { CaseLifecycleService } from './case-lifecycle.service.js';

/** The same move as `POST /v1/cases/:id/lifecycle`, on the case's page. */
export const caseLifecycleActions = defineActions({
  context: 'rescue',
  entity: 'Case',
  actions: [
    {
      name: 'moveCase',
      label: 'Change stage',
      icon: 'FastForward',
      roles: ['moderator'],
      fields: {
        lifecycleStage: { label: 'Stage', type: 'select', options: LIFECYCLE_STAGES, required: true },
        notes: { label: 'Notes', type: 'textarea', help: 'Everybody sees them with the milestone.' },
      },
      confirm: 'The move goes into the evidence trail. Closed stages are final.',
      appliesTo: (row) => !String(row['lifecycleStage']).startsWith('closed_'),
      handler: ({ get, actor, recordId, values }) =>
        get(CaseLifecycleService).moveCase(actor, recordId, values['lifecycleStage'] as LifecycleStage, values['notes'] === null ? null : String(values['notes'])),
    },
  ],
});
