import { type BackofficeSection, defineSections, type SectionCell } from '../../../platform/backoffice/index.js';
import { duplicateImages } from '../../rescue/cases/index.js';
import type { ReviewClocks } from '../review-queue/index.js';
import type { ReportKind } from './report-books.js';
import { ReportsQueries } from './reports.queries.js';

const time = (at: Date | string | null): SectionCell => (at === null ? null : { kind: 'time', at: new Date(at) });

/** When a report must be looked at and decided, and who is at it. */
export const clocksSection = (kind: ReportKind): BackofficeSection => ({
  name: 'clocks',
  title: 'Clocks',
  load: async ({ get, recordId }) => {
    const queries = get(ReportsQueries);
    const clocks: ReviewClocks = await (kind === 'case_report' ? queries.caseReport(recordId) : queries.communityReport(recordId));
    return {
      kind: 'table',
      columns: ['Looked at until', 'Looked at', 'Decided until', 'Late', 'Taken by', 'Taken until'],
      rows: [
        [time(clocks.firstResponseDueAt), time(clocks.firstRespondedAt), time(clocks.resolutionDueAt), clocks.breached ? 'yes' : 'no', clocks.claimedBy, time(clocks.claimedUntil)],
      ],
      empty: '',
    };
  },
});

/** What an automatic rule saw, fact by fact. */
export const evidenceSection: BackofficeSection = {
  name: 'evidence',
  title: 'What the rule saw',
  load: async ({ get, recordId }) => {
    const { evidence } = await get(ReportsQueries).caseReport(recordId);
    const rows = (evidence ?? []).flatMap(({ at, riskPointId, ...facts }) =>
      Object.entries(facts).map(([fact, value]): SectionCell[] => [
        time(String(at)),
        fact,
        typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
        { kind: 'record', entity: 'CaseRiskPoint', id: String(riskPointId), label: 'risk point' },
      ]),
    );
    return { kind: 'table', columns: ['When', 'Fact', 'Value', 'Raised the risk'], rows, empty: 'A person reported this.' };
  },
};

/** The pictures of the reported case beside those of other cases that they were found to be. */
export const duplicatesSection: BackofficeSection = {
  name: 'duplicateImages',
  title: 'Pictures that other cases have already',
  load: async ({ get, recordId }) => duplicateImages({ get, recordId: (await get(ReportsQueries).caseReport(recordId)).case.id }),
};

/** On the page of a case: who is not content with it. */
export const reportsOfCase = defineSections({
  context: 'rescue',
  entity: 'Case',
  sections: [
    {
      name: 'reports',
      title: 'Reports that wait',
      roles: ['moderator', 'support'],
      load: async ({ get, recordId }) => ({
        kind: 'table',
        columns: ['Report', 'Reported by', 'State', 'When', 'Decided until'],
        rows: (await get(ReportsQueries).caseReports({ caseId: recordId, limit: 100 })).items.map((report) => [
          { kind: 'record', entity: 'CaseReport', id: report.id, label: report.reason },
          report.reporter ? { kind: 'record', entity: 'User', id: report.reporter.id, label: report.reporter.name } : report.rule,
          report.status,
          time(report.createdAt),
          time(report.resolutionDueAt),
        ]),
        empty: 'Nobody has reported it, or all is decided.',
      }),
    },
  ],
});
