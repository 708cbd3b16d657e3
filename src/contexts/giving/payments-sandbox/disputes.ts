import type { Stripe } from 'stripe';
import { newDispute, newFraudWarning } from './dispute.objects.js';
import type { Payments } from './payments.js';
import type { RequestParams } from './request-params.js';
import type { SandboxTransaction } from './sandbox-store.js';
import { invalidRequest } from './stripe-error.js';

/** What decides a dispute when it is handed in as evidence, as in Stripe's test mode. */
const DECISIVE = { winning_evidence: 'won', losing_evidence: 'lost' } as const;

export type DisputeOutcome = 'won' | 'lost';

/** A donor's bank takes a payment back: the money leaves at once, and comes again when the dispute is won. */
export class Disputes {
  constructor(private readonly payments: Payments) {}

  /** @throws StripeApiError 400 for a charge that is not paid, has nothing left or is disputed already. */
  async open(tx: SandboxTransaction, chargeId: string, { inquiry = false } = {}): Promise<Stripe.Dispute> {
    const charge = await tx.lock('charge', chargeId, 'charge');
    if (!charge.paid || charge.refunded || charge.disputed) throw invalidRequest(`Charge ${charge.id} cannot be disputed.`, { param: 'charge' });
    const dispute = newDispute(charge, inquiry, tx.unixNow);
    charge.disputed = true;
    await tx.save(charge);
    await tx.insert(dispute);
    if (!inquiry) dispute.balance_transactions.push(await this.payments.book(tx, 'dispute', dispute));
    await tx.save(dispute);
    await tx.recordEvent('charge.dispute.created', dispute);
    if (!inquiry) await tx.recordEvent('charge.dispute.funds_withdrawn', dispute);
    return dispute;
  }

  /** Takes evidence. Submitted, it goes to the bank; the two decisive texts decide at once. */
  async update(tx: SandboxTransaction, disputeId: string, params: RequestParams): Promise<Stripe.Dispute> {
    params.allowOnly(['evidence', 'metadata', 'submit']);
    const dispute = await this.lockOpen(tx, disputeId);
    const before = { status: dispute.status };
    const evidence = params.object('evidence');
    const text = evidence?.text('uncategorized_text', 20_000);
    const explanation = evidence?.text('product_description', 20_000);
    if (text !== undefined) dispute.evidence.uncategorized_text = text;
    if (explanation !== undefined) dispute.evidence.product_description = explanation;
    if (params.has('metadata')) dispute.metadata = params.metadata();
    dispute.evidence_details.has_evidence ||= evidence !== undefined;
    if (params.oneOf('submit', ['true', 'false']) !== 'true') {
      await tx.save(dispute);
      return dispute;
    }
    dispute.status = dispute.status.startsWith('warning') ? 'warning_under_review' : 'under_review';
    dispute.evidence_details.submission_count += 1;
    dispute.evidence_details.submission_method = 'manual';
    await tx.save(dispute);
    await tx.recordEvent('charge.dispute.updated', dispute, before);
    const outcome = DECISIVE[dispute.evidence.uncategorized_text as keyof typeof DECISIVE] as DisputeOutcome | undefined;
    return outcome === undefined ? dispute : this.decide(tx, dispute.id, outcome);
  }

  /** The bank's word. A won inquiry is closed as a warning. */
  async decide(tx: SandboxTransaction, disputeId: string, outcome: DisputeOutcome): Promise<Stripe.Dispute> {
    const dispute = await this.lockOpen(tx, disputeId);
    const inquiry = dispute.status.startsWith('warning');
    dispute.status = inquiry ? 'warning_closed' : outcome;
    dispute.evidence_details.due_by = null;
    const reinstated = !inquiry && outcome === 'won';
    if (reinstated) dispute.balance_transactions.push(await this.payments.book(tx, 'dispute_reversal', dispute));
    await tx.save(dispute);
    if (reinstated) await tx.recordEvent('charge.dispute.funds_reinstated', dispute);
    await tx.recordEvent('charge.dispute.closed', dispute);
    return dispute;
  }

  /** Decides the dispute of a charge, for those who only know the charge. @throws StripeApiError 400 without an open one. */
  async decideFor(tx: SandboxTransaction, chargeId: string, outcome: DisputeOutcome): Promise<Stripe.Dispute> {
    const conditions = [{ sql: "data->>'charge' = ?", value: chargeId }];
    const [dispute] = (await tx.list('dispute', { limit: 1, conditions })).rows;
    if (!dispute) throw invalidRequest(`Charge ${chargeId} is not disputed.`, { param: 'charge' });
    return this.decide(tx, dispute.id, outcome);
  }

  async warn(tx: SandboxTransaction, chargeId: string): Promise<Stripe.Radar.EarlyFraudWarning> {
    const charge = await tx.lock('charge', chargeId, 'charge');
    if (!charge.paid) throw invalidRequest(`Charge ${charge.id} has not been paid.`, { param: 'charge' });
    const warning = newFraudWarning(charge, tx.unixNow);
    await tx.insert(warning);
    await tx.recordEvent('radar.early_fraud_warning.created', warning);
    return warning;
  }

  private async lockOpen(tx: SandboxTransaction, disputeId: string): Promise<Stripe.Dispute> {
    const dispute = await tx.lock('dispute', disputeId, 'dispute');
    if (['won', 'lost', 'warning_closed'].includes(dispute.status)) throw invalidRequest('This dispute is already closed.', { param: 'dispute' });
    return dispute;
  }
}
