import { Inject, Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem, ValidationFailed } from '../../../platform/http/problem.js';
import { IdempotencyKeyReused } from '../../../platform/idempotency/idempotency.interceptor.js';
import { newId } from '../../../platform/ids.js';
import { CaseClosed, CaseHighRisk, CaseNotFound, CasesFacade } from '../../rescue/cases/index.js';
import { CampaignClosed, CampaignNotFound, CampaignsFacade } from '../campaigns/index.js';
import { PaymentGateway } from '../payments/index.js';
import { Donation } from './donation.entity.js';
import { checkoutCreated, donationFailedAudit } from './donations.audit.js';
import type { CheckoutSessionView, CreateCheckoutSession } from './donations.dto.js';
import { CurrencyMismatch, SelfDonation } from './donations.errors.js';
import { wishErrors } from './wish.js';

/** The same wish within this time is one wish: a second click, a retry after a lost answer. */
const SAME_WISH_MS = 10_000;

interface Target {
  title: string;
  currency: string | null;
}

/** Opens checkouts (behaviour 2.7): a pending donation first, then the provider's page for it. */
@Injectable()
export class CheckoutService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly gateway: PaymentGateway,
    private readonly cases: CasesFacade,
    private readonly campaigns: CampaignsFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a hosted checkout, or answers the one that the same wish opened before.
   * @param clientKey the client's `Idempotency-Key`; without one, the same donor, amount and target within ten seconds
   * @throws ValidationFailed, CaseNotFound, CampaignNotFound, SelfDonation, CaseClosed, CaseHighRisk, CampaignClosed,
   *   CurrencyMismatch; PaymentsUnavailable, after which the same request goes on where this one stopped
   */
  async open(donor: UserActor, wish: CreateCheckoutSession, clientKey?: string): Promise<CheckoutSessionView> {
    this.check(wish);
    const { donation, title } = await this.database.transaction((tx) => this.begin(tx, donor, wish, clientKey));
    if (donation.checkoutUrl && donation.checkoutExpiresAt) return view(donation.id, donation.checkoutUrl, donation.checkoutExpiresAt);

    const opened = await this.openPage(donor, donation, title);
    await this.database.rows(
      `UPDATE giving.donations
          SET checkout_url = $2, checkout_expires_at = $3, stripe_checkout_session_id = coalesce(stripe_checkout_session_id, $4), updated_at = $5
        WHERE id = $1`,
      [donation.id, opened.url, opened.expiresAt, opened.sessionId, this.clock.now()],
    );
    return view(donation.id, opened.url, opened.expiresAt);
  }

  private check(wish: CreateCheckoutSession): void {
    const errors = wishErrors(wish, this.config);
    if ((wish.caseId == null) === (wish.campaignId == null)) errors.unshift({ path: 'caseId', message: 'give exactly one of caseId and campaignId' });
    if (errors.length > 0) throw new ValidationFailed({ errors });
  }

  /** Makes the pending donation, or finds the one that this wish made before. */
  private async begin(tx: Tx, donor: UserActor, wish: CreateCheckoutSession, clientKey?: string): Promise<{ donation: Donation; title: string }> {
    const { title, currency } = wish.caseId ? await this.lockCase(tx, donor, wish.caseId) : await this.lockCampaign(tx, wish.campaignId!);
    if (currency !== wish.currency) throw new CurrencyMismatch(currency ? `This collects in ${currency}; give in that currency` : 'This campaign does not collect money');

    const now = this.clock.now();
    const wishKey = clientKey === undefined ? implicitKey(donor, wish, now) : `${donor.userId}:key:${clientKey}`;
    for (let key = wishKey; ; ) {
      const made = await this.insertPending(tx, donor, wish, key, now);
      if (made) return { donation: made, title };
      const earlier = await tx.manager.findOneByOrFail(Donation, { idempotencyKey: key });
      if (clientKey !== undefined && !isSameWish(earlier, wish)) throw new IdempotencyKeyReused();
      if (clientKey !== undefined || earlier.status === 'pending') return { donation: await this.repeat(tx, earlier, wish), title };
      // Settled within the ten seconds: giving once more is another wish.
      key = `${wishKey}:after:${earlier.id}`;
    }
  }

  private async insertPending(tx: Tx, donor: UserActor, wish: CreateCheckoutSession, idempotencyKey: string, now: Date): Promise<Donation | null> {
    const donation = tx.manager.create(Donation, {
      id: newId(),
      userId: donor.userId,
      caseId: wish.caseId?.toLowerCase() ?? null,
      campaignRefId: wish.campaignId?.toLowerCase() ?? null,
      donationKind: 'one_time',
      requestedAmount: wish.amount,
      requestedCurrency: wish.currency,
      amount: wish.amount,
      currency: wish.currency,
      status: 'pending',
      paymentProvider: 'stripe',
      idempotencyKey,
      successUrl: wish.successUrl,
      cancelUrl: wish.cancelUrl,
      message: wish.message || null,
      anonymous: wish.anonymous,
      createdAt: now,
      updatedAt: now,
    });
    const { raw } = await tx.manager.createQueryBuilder().insert().into(Donation).values(donation).orIgnore().returning('id').execute();
    if ((raw as unknown[]).length === 0) return null;
    const { id, caseId, campaignRefId: campaignId, amount, currency, anonymous } = donation;
    tx.audit(donor, checkoutCreated, id, { after: { status: 'pending', caseId, campaignId, amount, currency, anonymous } });
    return donation;
  }

  /** The later click decides what is said about the donor. */
  private async repeat(tx: Tx, earlier: Donation, wish: CreateCheckoutSession): Promise<Donation> {
    const said = { anonymous: wish.anonymous, message: wish.message || null };
    if (earlier.status === 'pending') await tx.manager.update(Donation, { id: earlier.id, status: 'pending' }, said);
    return earlier;
  }

  private async lockCase(tx: Tx, donor: UserActor, caseId: string): Promise<Target> {
    const target = await this.cases.lockDonationTarget(tx, caseId);
    if (!target || target.hidden) throw new CaseNotFound();
    if (target.ownerId === donor.userId) throw new SelfDonation();
    if (target.donationBlockReason === 'CASE_CLOSED') throw new CaseClosed();
    if (target.donationBlockReason === 'CASE_HIGH_RISK') throw new CaseHighRisk();
    return target;
  }

  private async lockCampaign(tx: Tx, campaignId: string): Promise<Target> {
    const target = await this.campaigns.lockDonationTarget(tx, campaignId);
    if (!target || target.status === 'cancelled') throw new CampaignNotFound();
    if (target.status !== 'active') throw new CampaignClosed();
    return target;
  }

  private async openPage(donor: UserActor, donation: Donation, title: string): ReturnType<PaymentGateway['openCheckout']> {
    const { id: donationId, amount, currency, caseId, campaignRefId } = donation;
    try {
      return await this.gateway.openCheckout({
        donationId,
        amount,
        currency,
        title,
        metadata: { donationId, ...(caseId ? { caseId } : {}), ...(campaignRefId ? { campaignId: campaignRefId } : {}) },
        successUrl: donation.successUrl!,
        cancelUrl: donation.cancelUrl!,
      });
    } catch (error) {
      if (error instanceof Problem && error.status < 500) await this.abandon(donor, donation, error.code);
      throw error;
    }
  }

  /** The provider will never take it: the donation is over and its key free for a mended wish. */
  private async abandon(donor: UserActor, donation: Donation, reason: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const locked = await tx.lock(Donation, { id: donation.id });
      if (locked?.status !== 'pending') return;
      await tx.manager.update(Donation, donation.id, { status: 'failed', failedAt: now, updatedAt: now, idempotencyKey: null });
      tx.audit(donor, donationFailedAudit, donation.id, { before: { status: 'pending' }, after: { status: 'failed' }, reason });
    });
  }
}

/** Behaviour 2.7, rule 4. */
const implicitKey = (donor: UserActor, wish: CreateCheckoutSession, now: Date): string =>
  `${donor.userId}:${wish.amount}:${wish.caseId?.toLowerCase() ?? 'none'}:${wish.campaignId?.toLowerCase() ?? 'none'}:${Math.floor(now.getTime() / SAME_WISH_MS)}`;

const isSameWish = (donation: Donation, wish: CreateCheckoutSession): boolean =>
  donation.requestedAmount === wish.amount &&
  donation.requestedCurrency === wish.currency &&
  donation.caseId === (wish.caseId?.toLowerCase() ?? null) &&
  donation.campaignRefId === (wish.campaignId?.toLowerCase() ?? null);

const view = (donationId: string, checkoutUrl: string, expiresAt: Date): CheckoutSessionView => ({ donationId, checkoutUrl, expiresAt: expiresAt.toISOString() });
