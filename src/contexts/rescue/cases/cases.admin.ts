import { type BackofficeAction, defineResource } from '../../../platform/backoffice/index.js';
import { LOCALES } from '../../../platform/config/config.js';
import { StoredFile } from '../../../platform/files/file.entity.js';
import { LINK_PLATFORMS } from '../../../platform/http/external-link.js';
import {
  Case,
  CASE_CATEGORIES,
  CASE_STATUSES,
  CASE_TYPES,
  CLOSED_REASONS,
  LIFECYCLE_STAGES,
  RISK_LEVELS,
  type RiskLevel,
  VERIFICATION_STATUSES,
  type VerificationStatus,
} from './case.entity.js';
import { CaseRiskPoint, RISK_RULES } from './case-risk-point.entity.js';
import { caseSections } from './case-risk.admin.js';
import { CaseModerationService } from './case-moderation.service.js';
import { CaseTranslation, TRANSLATION_STATUSES } from './case-translation.entity.js';
import { ExternalSource } from './external-source.entity.js';
import { ImageFingerprint } from './image-fingerprint.entity.js';

/** The same decisions as `/v1/admin/cases/:id`, each with a reason. */
const MODERATION: BackofficeAction[] = [
  {
    name: 'setVerification',
    label: 'Change verification',
    icon: 'CheckCircle',
    roles: ['moderator'],
    needsReason: true,
    fields: { verificationStatus: { label: 'Verification', type: 'select', options: VERIFICATION_STATUSES, required: true } },
    handler: ({ get, actor, recordId, values, reason }) =>
      get(CaseModerationService).setVerification(actor, recordId, values['verificationStatus'] as VerificationStatus, reason),
  },
  {
    name: 'setRisk',
    label: 'Change risk',
    icon: 'AlertTriangle',
    roles: ['moderator'],
    needsReason: true,
    fields: {
      riskLevel: { label: 'Risk of giving', type: 'select', options: RISK_LEVELS, required: true, help: 'High risk stops donations to a case that is not verified.' },
    },
    handler: ({ get, actor, recordId, values, reason }) => get(CaseModerationService).setRisk(actor, recordId, values['riskLevel'] as RiskLevel, null, reason),
  },
  {
    name: 'hide',
    label: 'Hide',
    icon: 'EyeOff',
    danger: true,
    roles: ['moderator'],
    needsReason: true,
    confirm: 'Nobody but its owner and staff will see this case, and it will take no donations.',
    appliesTo: (row) => !row['hiddenAt'],
    handler: ({ get, actor, recordId, reason }) => get(CaseModerationService).hide(actor, recordId, reason ?? ''),
  },
  {
    name: 'restore',
    label: 'Show again',
    icon: 'Eye',
    roles: ['moderator'],
    needsReason: true,
    appliesTo: (row) => Boolean(row['hiddenAt']),
    handler: ({ get, actor, recordId, reason }) => get(CaseModerationService).restore(actor, recordId, reason),
  },
];

/** Cases, their translations and where else they were told. `case-lifecycle` adds the move to another stage. */
export const casesResources = [
  defineResource({
    entity: Case,
    context: 'rescue',
    label: 'Cases',
    title: 'title',
    listColumns: ['title', 'locationCity', 'status', 'lifecycleStage', 'fundraisingCurrent', 'fundraisingGoal', 'riskLevel', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    money: { fundraisingGoal: 'fundraisingCurrency', fundraisingCurrent: 'fundraisingCurrency' },
    references: { images: StoredFile },
    enums: {
      type: CASE_TYPES,
      category: CASE_CATEGORIES,
      status: CASE_STATUSES,
      lifecycleStage: LIFECYCLE_STAGES,
      closedReason: CLOSED_REASONS,
      verificationStatus: VERIFICATION_STATUSES,
      riskLevel: RISK_LEVELS,
    },
    actions: MODERATION,
    sections: caseSections,
  }),
  defineResource({
    entity: CaseRiskPoint,
    context: 'rescue',
    label: 'Risk points',
    title: 'rule',
    listColumns: ['caseId', 'rule', 'level', 'flags', 'evidence', 'createdAt', 'settledAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { rule: RISK_RULES, level: RISK_LEVELS },
  }),
  defineResource({
    entity: ImageFingerprint,
    context: 'rescue',
    label: 'Image fingerprints',
    title: 'sha256',
    listColumns: ['caseId', 'fileId', 'sha256', 'phash', 'dhash', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    references: { fileId: StoredFile },
  }),
  defineResource({
    entity: CaseTranslation,
    context: 'rescue',
    label: 'Case translations',
    title: 'title',
    listColumns: ['caseId', 'locale', 'status', 'title', 'provider', 'translatedAt', 'error'],
    sort: { by: 'updatedAt', direction: 'desc' },
    enums: { locale: LOCALES, status: TRANSLATION_STATUSES },
  }),
  defineResource({
    entity: ExternalSource,
    context: 'rescue',
    label: 'External sources',
    title: 'title',
    listColumns: ['title', 'caseId', 'platform', 'url', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { platform: LINK_PLATFORMS },
  }),
];
