import { Injectable } from '@nestjs/common';
import { CasesQueries, type DonationTarget } from './cases.queries.js';

/** Questions that other modules may ask. */
@Injectable()
export class CasesReader {
  constructor(private readonly queries: CasesQueries) {}

  /** What a donor gives to and whether the gate of behaviour 2.6 lets them; null when there is no such case. */
  donationTarget(caseId: string): Promise<DonationTarget | null> {
    return this.queries.donationTarget(caseId);
  }
}
