import { defineResource } from '../../../platform/backoffice/index.js';
import { StoredFile } from '../../../platform/files/file.entity.js';
import { AUTHOR_ROLES, EVIDENCE_TYPES, UPDATE_TYPES } from '../cases/index.js';
import { CaseUpdateAttestation } from './case-update-attestation.entity.js';
import { CaseUpdate } from './case-update.entity.js';
import { CaseUpdatesService } from './case-updates.service.js';

/** The evidence trail and what clinics attest of it. Staff take an entry back, they never rewrite it. */
export const caseUpdatesResources = [
  defineResource({
    entity: CaseUpdate,
    context: 'rescue',
    label: 'Case updates',
    listColumns: ['caseId', 'type', 'text', 'authorId', 'authorRole', 'evidenceType', 'date', 'retractedAt'],
    sort: { by: 'date', direction: 'desc' },
    references: { images: StoredFile },
    enums: { authorRole: AUTHOR_ROLES, type: UPDATE_TYPES, evidenceType: EVIDENCE_TYPES },
    actions: [
      {
        name: 'retract',
        label: 'Retract',
        icon: 'RotateCcw',
        danger: true,
        roles: ['moderator'],
        needsReason: true,
        confirm: 'Its place in the trail stays, its content is shown to nobody any more. There is no way back.',
        appliesTo: (row) => !row['retractedAt'],
        handler: async ({ get, actor, recordId, reason }) => {
          await get(CaseUpdatesService).retract(actor, recordId, reason ?? '');
        },
      },
    ],
  }),
  defineResource({
    entity: CaseUpdateAttestation,
    context: 'rescue',
    label: 'Attestations',
    listColumns: ['updateId', 'clinicName', 'ownerId', 'files', 'attestedAt', 'revokedAt'],
    sort: { by: 'attestedAt', direction: 'desc' },
  }),
];
