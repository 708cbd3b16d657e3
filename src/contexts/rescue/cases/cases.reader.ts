import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type CaseDocument, CasesQueries, type DonationTarget } from './cases.queries.js';

/** Questions that other modules may ask. */
@Injectable()
export class CasesReader {
  constructor(private readonly queries: CasesQueries) {}

  /** What a donor gives to and whether the gate of behaviour 2.6 lets them; null when there is no such case. */
  donationTarget(caseId: string): Promise<DonationTarget | null> {
    return this.queries.donationTarget(caseId);
  }

  /**
   * The whole case as this viewer may see it.
   * @throws CaseNotFound also when it is hidden from them
   */
  document(caseId: string, viewer: Actor | null): Promise<CaseDocument> {
    return this.queries.document(caseId, viewer);
  }

  /** @throws CaseNotFound when there is no such case for this viewer */
  assertVisible(caseId: string, viewer: Actor | null): Promise<void> {
    return this.queries.assertVisible(caseId, viewer);
  }

  /**
   * Whose case it is, and the key of its city.
   * @throws CaseNotFound when there is no such case for this viewer
   */
  placeOf(caseId: string, viewer: Actor | null): Promise<{ userId: string; cityKey: string }> {
    return this.queries.placeOf(caseId, viewer);
  }

  /** Ids of a person's cases that are not closed. */
  openCasesOf(userId: string): Promise<string[]> {
    return this.queries.openCasesOf(userId);
  }
}
