import { defineResource } from '../../../platform/backoffice/index.js';
import { ACTIVITY_KINDS, type ActivityKind, VolunteerActivity } from './volunteer-activity.entity.js';
import { Volunteer } from './volunteer.entity.js';
import { VolunteersService } from './volunteers.service.js';

/** The volunteer directory and what volunteers did, as staff see it. */
export const volunteersResources = [
  defineResource({
    entity: Volunteer,
    context: 'directory',
    label: 'Volunteers',
    listColumns: ['userId', 'location', 'rating', 'isTopVolunteer', 'statsAnimalsHelped', 'statsHoursVolunteered', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    actions: [
      {
        name: 'markTop',
        label: 'Mark as top volunteer',
        icon: 'Star',
        roles: ['moderator', 'support'],
        appliesTo: (row) => !row['isTopVolunteer'],
        handler: ({ get, actor, recordId }) => get(VolunteersService).setTop(actor, recordId, true),
      },
      {
        name: 'unmarkTop',
        label: 'Take the mark away',
        icon: 'Minus',
        roles: ['moderator', 'support'],
        appliesTo: (row) => Boolean(row['isTopVolunteer']),
        handler: ({ get, actor, recordId }) => get(VolunteersService).setTop(actor, recordId, false),
      },
      {
        name: 'rate',
        label: 'Rate',
        icon: 'ThumbsUp',
        roles: ['moderator', 'support'],
        fields: { rating: { label: 'Rating, 1 to 5', type: 'select', options: ['1', '2', '3', '4', '5'], required: true } },
        handler: ({ get, actor, recordId, values }) => get(VolunteersService).rate(actor, recordId, Number(values['rating'])),
      },
      {
        name: 'logActivity',
        label: 'Log an activity',
        icon: 'PlusCircle',
        roles: ['moderator', 'support'],
        fields: {
          kind: { label: 'What it was', type: 'select', options: ACTIVITY_KINDS, required: true },
          hours: { label: 'Hours', type: 'number' },
          note: { label: 'Note for staff', type: 'text' },
        },
        handler: ({ get, actor, recordId, values }) =>
          get(VolunteersService).logActivity(actor, recordId, { kind: values['kind'] as ActivityKind, hours: (values['hours'] as number | null) ?? undefined, note: (values['note'] as string | null) ?? undefined }),
      },
    ],
  }),
  defineResource({
    entity: VolunteerActivity,
    context: 'directory',
    label: 'Volunteer activities',
    listColumns: ['volunteerId', 'kind', 'hours', 'caseId', 'note', 'loggedBy', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { kind: ACTIVITY_KINDS },
  }),
];
