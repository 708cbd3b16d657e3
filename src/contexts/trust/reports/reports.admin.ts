import { type BackofficeAction, defineResource } from '../../../platform/backoffice/index.js';
import { CONTENT_TYPES } from '../targets/index.js';
import { CASE_REPORTS, COMMUNITY_REPORTS, isPending, type ReportAction, type ReportBook } from './report-books.js';
import {
  CASE_REPORT_ACTIONS,
  CASE_REPORT_REASONS,
  CASE_REPORT_STATUSES,
  CaseReport,
  COMMUNITY_REPORT_ACTIONS,
  COMMUNITY_REPORT_REASONS,
  CommunityReport,
  REPORT_STATUSES,
  type ReportStatus,
} from './report.entity.js';
import { ReportReviewService } from './report-review.service.js';
import { clocksSection, duplicatesSection, evidenceSection } from './reports.sections.js';

const waits = (row: Readonly<Record<string, unknown>>): boolean => isPending({ status: row['status'] as ReportStatus });

/** The same acts as under `/v1/admin`. */
const actionsOn = (book: ReportBook, outcomes: readonly ReportAction[], help: string): BackofficeAction[] => [
  {
    name: 'claim',
    label: 'Take',
    icon: 'Lock',
    roles: ['moderator'],
    appliesTo: waits,
    handler: ({ get, actor, recordId }) => get(ReportReviewService).startReview(actor, book, recordId),
  },
  {
    name: 'release',
    label: 'Give back',
    icon: 'Unlock',
    roles: ['moderator'],
    appliesTo: waits,
    handler: ({ get, actor, recordId }) => get(ReportReviewService).release(actor, book, recordId),
  },
  {
    name: 'resolve',
    label: 'Decide',
    icon: 'CheckSquare',
    roles: ['moderator'],
    fields: {
      resolutionAction: { label: 'Outcome', type: 'select', options: outcomes, required: true, help },
      resolutionNotes: { label: 'Notes', type: 'textarea', help: 'Whoever is hidden or warned reads them. Never name who reported.' },
    },
    confirm: 'A report is decided once.',
    appliesTo: waits,
    handler: ({ get, actor, recordId, values }) => {
      const notes = values['resolutionNotes'] === null ? null : String(values['resolutionNotes']);
      return get(ReportReviewService).resolve(actor, book, recordId, values['resolutionAction'] as ReportAction, notes);
    },
  },
];

export const reportsResources = [
  defineResource({
    entity: CaseReport,
    context: 'trust',
    label: 'Case reports',
    title: 'reason',
    listColumns: ['caseId', 'reason', 'status', 'rule', 'reporterId', 'reviewedBy', 'resolutionAction', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { reason: CASE_REPORT_REASONS, status: CASE_REPORT_STATUSES, resolutionAction: CASE_REPORT_ACTIONS },
    sections: [duplicatesSection, evidenceSection, clocksSection('case_report')],
    actions: actionsOn(CASE_REPORTS, CASE_REPORT_ACTIONS, 'hide_case closes the case for good and takes it from the public; warn_user warns its owner.'),
  }),
  defineResource({
    entity: CommunityReport,
    context: 'trust',
    label: 'Community reports',
    title: 'reason',
    listColumns: ['targetType', 'excerpt', 'reason', 'status', 'targetOwnerId', 'reporterId', 'resolutionAction', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { targetType: CONTENT_TYPES, reason: COMMUNITY_REPORT_REASONS, status: REPORT_STATUSES, resolutionAction: COMMUNITY_REPORT_ACTIONS },
    sections: [clocksSection('community_report')],
    actions: actionsOn(COMMUNITY_REPORTS, COMMUNITY_REPORT_ACTIONS, 'hide_content takes it from the public; lock_thread ends its thread; warn_user warns its author.'),
  }),
];
