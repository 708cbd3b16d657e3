import { Inject, Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Forbidden, ValidationFailed } from '../../../platform/http/problem.js';
import { canSeeDonation, DonationNotFound } from '../donations/index.js';
import { creditNotePaper, receiptPaper, statementPaper } from './donor-papers.js';
import type { Paper } from './paper.js';
import type { ReceiptList } from './receipts.dto.js';
import { ReceiptNotFound, ReceiptNotReady } from './receipts.errors.js';
import { type ReceiptRow, ReceiptsQueries } from './receipts.queries.js';
import { ReceiptsService } from './receipts.service.js';

/** No donation is older. */
const FIRST_YEAR = 2020;

/** What donors and staff may read of what was issued. */
@Injectable()
export class ReceiptPapers {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queries: ReceiptsQueries,
    private readonly receipts: ReceiptsService,
    private readonly clock: Clock,
  ) {}

  /** @throws DonationNotFound, Forbidden, ReceiptNotReady */
  async receipt(actor: UserActor, donationId: string): Promise<Paper> {
    const [receipt, ...creditNotes] = await this.issued(actor, donationId);
    if (!receipt) throw new ReceiptNotReady();
    return receiptPaper(this.config.receiptIssuer, receipt, creditNotes);
  }

  /**
   * The paper of a receipt or credit note by its id.
   * @throws DonationNotFound, Forbidden, ReceiptNotFound
   */
  async one(actor: UserActor, donationId: string, id: string): Promise<Paper> {
    const rows = await this.issued(actor, donationId);
    const place = rows.findIndex((row) => row.id === id);
    const [receipt, ...creditNotes] = rows;
    if (place < 0 || !receipt) throw new ReceiptNotFound();
    if (place === 0) return receiptPaper(this.config.receiptIssuer, receipt, creditNotes);
    return creditNotePaper(this.config.receiptIssuer, rows[place]!, receipt, rows.slice(1, place));
  }

  /** @throws DonationNotFound, Forbidden */
  async list(actor: UserActor, donationId: string): Promise<ReceiptList> {
    const rows = await this.issued(actor, donationId);
    const items = rows.map(({ id, kind, number, amount, currency, issuedAt }) => ({
      id,
      kind,
      number,
      amount,
      currency,
      issuedAt: issuedAt.toISOString(),
      url: `/v1/donations/${donationId}/receipts/${id}`,
    }));
    return { items, nextCursor: null };
  }

  /**
   * A donor's year, by UTC.
   * @throws ValidationFailed for a year that has not begun, or before there were donations
   */
  async statement(donor: UserActor, year: string): Promise<Paper> {
    const now = this.clock.now();
    const asked = /^\d{4}$/.test(year) ? Number(year) : Number.NaN;
    if (!(asked >= FIRST_YEAR && asked <= now.getUTCFullYear())) {
      throw new ValidationFailed({ errors: [{ path: 'year', message: `must be a year from ${FIRST_YEAR} to ${now.getUTCFullYear()}` }] });
    }
    await this.receipts.issueAllOf(donor.userId);
    const [person, rows] = await Promise.all([
      this.queries.donor(donor.userId),
      this.queries.ofDonor(donor.userId, new Date(Date.UTC(asked, 0, 1)), new Date(Date.UTC(asked + 1, 0, 1))),
    ]);
    return statementPaper(this.config.receiptIssuer, person, asked, rows, now);
  }

  /** The receipt and its credit notes, for those who may see them; what an event has not brought yet is issued now. */
  private async issued(actor: UserActor, donationId: string): Promise<ReceiptRow[]> {
    const owner = await this.queries.owner(donationId);
    if (!owner) throw new DonationNotFound();
    if (!canSeeDonation(actor, owner)) throw new Forbidden('Only its donor and staff see the receipts of a donation');
    if (owner.received && !owner.issued) await this.receipts.issueFor(donationId);
    return this.queries.ofDonation(donationId);
  }
}
