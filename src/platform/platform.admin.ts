import { Alert } from './alerts/alert.entity.js';
import { Alerts } from './alerts/alerts.js';
import { AuditLog } from './audit/audit-log.entity.js';
import { defineResource } from './backoffice/index.js';
import { LiveEvent } from './events/live-event.entity.js';
import { FILE_VISIBILITIES, StoredFile } from './files/file.entity.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { InboxReceipt } from './outbox/inbox-receipt.entity.js';
import { OutboxEvent } from './outbox/outbox-event.entity.js';

/**
 * Tables of the platform as staff see them: all read-only. Secrets, sessions and rate limits are not shown.
 * Most tell who gave to whom, anonymous donors too; so they are for those who see donations, and what only
 * runs the machine is for superadmins.
 */
export const platformResources = [
  defineResource({
    entity: Alert,
    context: 'platform',
    label: 'Alerts',
    title: 'subject',
    listColumns: ['kind', 'subject', 'raisedAt', 'lastSeenAt', 'resolvedAt', 'resolution'],
    sort: { by: 'raisedAt', direction: 'desc' },
    roles: ['finance'],
    panel: {
      title: 'Open alerts',
      load: async ({ get }) => ({
        kind: 'table',
        columns: ['What is wrong', 'Raised', 'Seen last'],
        rows: (await get(Alerts).open(20)).map(({ id, kind, subject, raisedAt, lastSeenAt }) => [
          { kind: 'record', entity: 'Alert', id, label: `${kind}: ${subject}` },
          { kind: 'time', at: raisedAt },
          { kind: 'time', at: lastSeenAt },
        ]),
        empty: 'None: the books balance, and nothing else needs a look.',
      }),
    },
    actions: [
      {
        name: 'resolve',
        label: 'Resolve',
        icon: 'Check',
        needsReason: true,
        roles: ['finance'],
        appliesTo: (row) => !row['resolvedAt'],
        handler: ({ get, actor, recordId, reason }) => get(Alerts).resolve(actor, recordId, reason ?? ''),
      },
    ],
  }),
  defineResource({
    entity: AuditLog,
    context: 'platform',
    label: 'Audit log',
    title: 'action',
    listColumns: ['seq', 'createdAt', 'action', 'actorKind', 'actorId', 'entityType', 'entityId', 'requestId'],
    sort: { by: 'seq', direction: 'desc' },
    enums: { actorKind: ['user', 'staff', 'system'] },
    roles: ['finance'],
  }),
  defineResource({
    entity: StoredFile,
    context: 'platform',
    label: 'Files',
    listColumns: ['id', 'ownerId', 'purpose', 'contentType', 'size', 'createdAt', 'attachedAt', 'deletedAt'],
    enums: { visibility: FILE_VISIBILITIES },
  }),
  defineResource({ entity: OutboxEvent, context: 'platform', label: 'Outbox events', title: 'type', listColumns: ['id', 'type', 'occurredAt', 'publishedAt', 'requestId'], roles: [] }),
  defineResource({ entity: InboxReceipt, context: 'platform', label: 'Inbox receipts', title: 'consumer', roles: [] }),
  defineResource({ entity: LiveEvent, context: 'platform', label: 'Live events', title: 'type', roles: [] }),
  defineResource({ entity: IdempotencyKey, context: 'platform', label: 'Idempotency keys', hidden: ['response'], sort: { by: 'createdAt', direction: 'desc' }, roles: [] }),
];
