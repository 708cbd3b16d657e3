import { Injectable } from '@nestjs/common';
import { type Actor, personOf, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import { FilesService } from '../../../platform/files/files.service.js';
import type { PageQuery } from '../../../platform/http/keyset.js';
import { Forbidden, IllegalTransition, SelfReviewForbidden, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { CasesFacade } from '../../rescue/cases/index.js';
import { CurrencyMismatch } from '../donations/index.js';
import { LedgerFacade, LedgerReader } from '../ledger/index.js';
import { ClinicInvoice, type InvoiceStatus } from './clinic-invoice.entity.js';
import { invoiceApprovedAudit, invoiceFiledAudit, invoicePaidAudit, invoiceRejectedAudit } from './invoices.audit.js';
import type { AdminInvoiceView, FileInvoice, InvoicePage, InvoiceView } from './invoices.dto.js';
import { FundInsufficient, InvoiceApprovedByYou, InvoiceNotFound, InvoicePaid, PayoutReferenceUsed } from './invoices.errors.js';
import { invoiceApproved, type InvoiceFacts, invoiceFiled, invoicePaid, invoiceRejected } from './invoices.events.js';
import { isParty } from './invoices.policy.js';
import { InvoicesQueries } from './invoices.queries.js';

/** People who must approve an invoice before its amount is released. */
const APPROVALS_NEEDED = 2;

/**
 * The money of a case leaves it against an invoice only, after two people have looked at it. Every command locks the
 * invoice, then the fund, then the case, so that any number of them may run at once.
 */
@Injectable()
export class InvoicesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
    private readonly cases: CasesFacade,
    private readonly ledger: LedgerFacade,
    private readonly books: LedgerReader,
    private readonly queries: InvoicesQueries,
  ) {}

  /**
   * Files an invoice by a manager of its case.
   * @throws CaseNotFound, Forbidden, CurrencyMismatch, ValidationFailed for a clinic that is none, or a picture that is not the caller's or in use
   */
  file(actor: UserActor, caseId: string, { amount, currency, clinicId, fileId }: FileInvoice): Promise<InvoiceView> {
    return this.database.transaction(async (tx) => {
      const { role } = await this.cases.lockManaged(tx, actor, caseId);
      const target = await this.cases.lockDonationTarget(tx, caseId);
      if (target?.currency !== currency) throw new CurrencyMismatch(`This case collects in ${target?.currency}; an invoice for it is in that currency`);
      const clinic = await this.cases.findClinic(tx, clinicId);
      if (!clinic) throw invalid('clinicId', 'is not a clinic that we know');
      if (role === 'clinic' && clinic.ownerId !== actor.userId) throw new Forbidden('A clinic files its own invoices only');
      const now = this.clock.now();
      const invoice = { id: newId(), caseId, clinicId: clinic.id, fileId: fileId.toLowerCase(), filedBy: actor.userId, amount, currency, status: 'pending' as const, createdAt: now, updatedAt: now };
      await this.attach(tx, actor, invoice.fileId);
      await tx.manager.insert(ClinicInvoice, invoice);
      tx.audit(actor, invoiceFiledAudit, invoice.id, { after: { caseId, clinicId, amount, currency } });
      tx.publish(invoiceFiled(facts(invoice, target.ownerId, clinic.ownerId)));
      const { approvals: _, ...view } = await this.queries.changed(tx, invoice.id);
      return view;
    });
  }

  /**
   * Lists the invoices of a case for its managers.
   * @throws CaseNotFound, Forbidden
   */
  async ofCase(actor: UserActor, caseId: string, query: PageQuery): Promise<InvoicePage> {
    await this.database.transaction((tx) => this.cases.lockManaged(tx, actor, caseId));
    return this.queries.ofCase(caseId, query);
  }

  /**
   * Approves an invoice; the second person's approval reserves its amount in the fund of its case.
   * @throws InvoiceNotFound, IllegalTransition, SelfReviewForbidden for whoever has a part in it, InvoiceApprovedByYou
   * @throws FundInsufficient when there is less than its amount that no other invoice has reserved; the approval is not kept
   */
  approve(actor: Actor, id: string): Promise<AdminInvoiceView> {
    return this.database.transaction(async (tx) => {
      const invoice = await this.lock(tx, id, ['pending']);
      const held = await this.ledger.lockFund(tx, { case: invoice.caseId }, invoice.currency);
      const facts = await this.factsOf(tx, invoice);
      if (isParty(actor, facts)) throw new SelfReviewForbidden('Nobody approves an invoice that they filed, or that is for their own case or clinic');
      const now = this.clock.now();
      const approvals = await this.queries.addApproval(tx, id, personOf(actor) ?? 'system', now);
      if (approvals === null) throw new InvoiceApprovedByYou();
      const released = approvals >= APPROVALS_NEEDED;
      if (released) {
        this.assertCovers(invoice, held, await this.queries.reserved(tx, invoice.caseId, invoice.currency));
        await tx.manager.update(ClinicInvoice, id, { status: 'approved', approvedAt: now, updatedAt: now });
        tx.publish(invoiceApproved(facts));
      }
      tx.audit(actor, invoiceApprovedAudit, id, { before: { status: 'pending' }, after: { status: released ? 'approved' : 'pending' }, approvals });
      return this.queries.changed(tx, id);
    });
  }

  /**
   * Rejects an invoice that is not paid, which frees what it reserved.
   * @throws InvoiceNotFound, IllegalTransition
   */
  reject(actor: Actor, id: string, reason: string): Promise<AdminInvoiceView> {
    return this.database.transaction(async (tx) => {
      const invoice = await this.lock(tx, id, ['pending', 'approved']);
      const now = this.clock.now();
      await tx.manager.update(ClinicInvoice, id, { status: 'rejected', rejectedAt: now, rejectionReason: reason, updatedAt: now });
      tx.audit(actor, invoiceRejectedAudit, id, { before: { status: invoice.status }, after: { status: 'rejected' }, reason });
      tx.publish(invoiceRejected(await this.factsOf(tx, invoice)));
      return this.queries.changed(tx, id);
    });
  }

  /**
   * Records that an approved invoice was paid, and takes its amount out of the fund. Repeating it changes nothing.
   * @param reference of the transfer, shown in public
   * @throws InvoiceNotFound, IllegalTransition, InvoicePaid, PayoutReferenceUsed
   * @throws FundInsufficient when money has gone back to donors since the approval
   */
  payOut(actor: Actor, id: string, reference: string): Promise<AdminInvoiceView> {
    return this.database.transaction(async (tx) => {
      const invoice = await this.lock(tx, id, ['approved', 'paid']);
      if (invoice.status === 'paid') return this.repeated(tx, id, reference);
      const now = this.clock.now();
      if (!(await this.queries.addPayout(tx, { id: newId(), invoiceId: id, reference, paidBy: personOf(actor) ?? 'system' }, now))) throw new PayoutReferenceUsed();
      const { caseId, amount, currency } = invoice;
      this.assertCovers(invoice, await this.ledger.lockFund(tx, { case: caseId }, currency), 0);
      await this.ledger.book(tx, {
        key: `payout:${id}`,
        kind: 'payout',
        currency,
        caseId,
        reference,
        description: 'Invoice of a clinic paid',
        source: id,
        postings: [{ account: 'case_funds', ownerId: caseId, amount }, { account: 'bank', amount: -amount }],
      });
      await tx.manager.update(ClinicInvoice, id, { status: 'paid', updatedAt: now });
      tx.audit(actor, invoicePaidAudit, id, { before: { status: 'approved' }, after: { status: 'paid' }, amount, currency, reference });
      tx.publish(invoicePaid({ ...(await this.factsOf(tx, invoice)), reference }));
      return this.queries.changed(tx, id);
    });
  }

  /** What the fund behind an invoice holds, and what approved invoices have reserved of it; in minor units. */
  fundBehind({ caseId, currency }: Pick<AdminInvoiceView, 'caseId' | 'currency'>): Promise<{ held: number; reserved: number }> {
    return this.database.transaction(async (tx) => ({
      held: await this.books.held(tx, { case: caseId }, currency),
      reserved: await this.queries.reserved(tx, caseId, currency),
    }));
  }

  private async repeated(tx: Tx, id: string, reference: string): Promise<AdminInvoiceView> {
    const view = await this.queries.changed(tx, id);
    if (view.reference !== reference) throw new InvoicePaid();
    return view;
  }

  private async lock(tx: Tx, id: string, states: InvoiceStatus[]): Promise<ClinicInvoice> {
    const invoice = await tx.lock(ClinicInvoice, { id });
    if (!invoice) throw new InvoiceNotFound();
    if (!states.includes(invoice.status)) throw new IllegalTransition(`This invoice is ${invoice.status}`);
    return invoice;
  }

  private assertCovers({ amount, currency }: ClinicInvoice, held: number, reserved: number): void {
    const available = held - reserved;
    if (amount > available) throw new FundInsufficient({ extra: { held, reserved, available, currency } });
  }

  private async factsOf(tx: Tx, invoice: ClinicInvoice): Promise<InvoiceFacts> {
    const target = await this.cases.lockDonationTarget(tx, invoice.caseId);
    const clinic = await this.cases.findClinic(tx, invoice.clinicId);
    return facts(invoice, target!.ownerId, clinic?.ownerId ?? null);
  }

  private async attach(tx: Tx, actor: UserActor, fileId: string): Promise<void> {
    try {
      await this.files.attachPrivately(tx.manager, fileId, actor.userId, 'clinic_invoice');
    } catch (error) {
      if (error instanceof FileNotFoundError) throw invalid('fileId', 'must be a picture that you uploaded and have used for nothing else');
      throw error;
    }
  }
}

const facts = ({ id, caseId, clinicId, amount, currency, filedBy }: Pick<ClinicInvoice, 'id' | 'caseId' | 'clinicId' | 'amount' | 'currency' | 'filedBy'>, caseOwnerId: string, clinicOwnerId: string | null): InvoiceFacts => ({
  invoiceId: id,
  caseId,
  clinicId,
  amount,
  currency,
  filedBy,
  caseOwnerId,
  clinicOwnerId,
});

const invalid = (path: string, message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path, message }] });
