import { defineResource } from '../../../platform/backoffice/index.js';
import { SANCTIONS, TARGET_TYPES } from '../targets/index.js';
import { Appeal, APPEAL_DECISIONS, APPEAL_STATUSES, type AppealDecision } from './appeal.entity.js';
import { AppealsService } from './appeals.service.js';
import { Decision } from './decision.entity.js';

const isPending = (row: Readonly<Record<string, unknown>>): boolean => row['status'] === 'pending';

/** What was decided about whom, and appeals against it; the same judgement as `POST /v1/admin/appeals/:id/review`. */
export const decisionsResources = [
  defineResource({
    entity: Decision,
    context: 'trust',
    label: 'Decisions',
    title: 'action',
    listColumns: ['action', 'userId', 'targetType', 'targetId', 'reason', 'decidedBy', 'decidedAt', 'overturnedAt'],
    sort: { by: 'decidedAt', direction: 'desc' },
    enums: { action: SANCTIONS, targetType: TARGET_TYPES },
  }),
  defineResource({
    entity: Appeal,
    context: 'trust',
    label: 'Appeals',
    listColumns: ['decisionId', 'userId', 'text', 'status', 'createdAt', 'reviewedBy', 'reviewedAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { status: APPEAL_STATUSES },
    actions: [
      {
        name: 'claim',
        label: 'Take',
        icon: 'Lock',
        roles: ['moderator'],
        appliesTo: isPending,
        handler: ({ get, actor, recordId }) => get(AppealsService).claim(actor, recordId),
      },
      {
        name: 'release',
        label: 'Give back',
        icon: 'Unlock',
        roles: ['moderator'],
        appliesTo: isPending,
        handler: ({ get, actor, recordId }) => get(AppealsService).release(actor, recordId),
      },
      {
        name: 'review',
        label: 'Judge',
        icon: 'CheckSquare',
        roles: ['moderator'],
        fields: {
          decision: { label: 'Outcome', type: 'select', options: APPEAL_DECISIONS, required: true, help: 'Overturned: it is undone as far as that goes. A closed case stays closed.' },
          notes: { label: 'Why', type: 'textarea', help: 'The person who appealed reads it.' },
        },
        confirm: 'An appeal is judged once.',
        appliesTo: isPending,
        handler: ({ get, actor, recordId, values }) =>
          get(AppealsService).review(actor, recordId, values['decision'] as AppealDecision, values['notes'] === null ? null : String(values['notes'])),
      },
    ],
  }),
];
