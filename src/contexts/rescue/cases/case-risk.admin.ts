import type { BackofficeSection, SectionContent, SectionRequest } from '../../../platform/backoffice/index.js';
import { CaseRiskQueries } from './case-risk.queries.js';

/**
 * The pictures of a case beside those of other cases that they were found to be. For the page of the case, and of
 * whatever else is about one, such as a report.
 */
export async function duplicateImages({ get, recordId: caseId }: Pick<SectionRequest, 'get' | 'recordId'>): Promise<SectionContent> {
  const matches = await get(CaseRiskQueries).duplicates(caseId);
  return {
    kind: 'pictures',
    rows: matches.map(({ fileId, otherFileId, otherCaseId, otherTitle, kind, phashDistance, dhashDistance, seenAt }) => ({
      figures: [
        { fileId, caption: 'This case' },
        { fileId: otherFileId, caption: { kind: 'record', entity: 'Case', id: otherCaseId, label: otherTitle } },
      ],
      notes: [
        kind === 'exact' ? 'The same file' : `The same picture, changed: ${phashDistance} of 64 bits of the perceptual hash differ, ${dhashDistance} of the difference hash`,
        { kind: 'time', at: seenAt },
      ],
    })),
    empty: 'No other case has these pictures.',
  };
}

/** On the page of a case. */
export const caseSections: BackofficeSection[] = [{ name: 'duplicateImages', title: 'Pictures that other cases have already', load: duplicateImages }];
