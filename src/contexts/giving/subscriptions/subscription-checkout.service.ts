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
import { UserNotFound } from '../../identity/users/index.js';
import { CaseClosed, CaseHighRisk, CaseNotFound, CasesFacade } from '../../rescue/cases/index.js';
import { CurrencyMismatch, SelfDonation, wishErrors } from '../donations/index.js';
import { RecurringGateway } from '../payments/index.js';
import { Subscription } from './subscription.entity.js';
import { subscriptionCreated } from './subscriptions.audit.js';
import type { CreateSubscription, SubscriptionCheckoutView } from './subscriptions.dto.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';
import { SubscriptionsService } from './subscriptions.service.js';

/** The same wish within this time is one wish: a second click, a retry after a lost answer. */
const SAME_WISH_MS = 10_000;

/** Opens checkouts of recurring support (behaviour 2.8), as those of single gifts: a pending row first, then the provider's page for it. */
@Injectable()
export class SubscriptionCheckoutService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly gateway: RecurringGateway,
    private readonly cases: CasesFacade,
    private readonly subscriptions: SubscriptionsService,
    private readonly queries: SubscriptionsQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a hosted checkout, or answers the one that the same wish opened before.
   * @param clientKey the client's `Idempotency-Key`; without one, the same donor, money, interval and target within ten seconds
   * @throws ValidationFailed, CaseNotFound, UserNotFound, SelfDonation, CaseClosed, CaseHighRisk, CurrencyMismatch;
   *   PaymentsUnavailable, after which the same request goes on where this one stopped
   */
  async open(donor: UserActor, wish: CreateSubscription, clientKey?: string): Promise<SubscriptionCheckoutView> {
    const errors = wishErrors(wish, this.config);
    if (errors.length > 0) throw new ValidationFailed({ errors });
    const { subscription, title } = await this.database.transaction((tx) => this.begin(tx, donor, { ...wish, targetId: wish.targetId.toLowerCase() }, clientKey));
    if (subscription.checkoutUrl && subscription.checkoutExpiresAt) return view(subscription, subscription.checkoutUrl, subscription.checkoutExpiresAt);

    const opened = await this.openPage(donor, subscription, title);
    await this.database.rows(
      `UPDATE giving.subscriptions
          SET checkout_url = $2, checkout_expires_at = $3, stripe_checkout_session_id = coalesce(stripe_checkout_session_id, $4), updated_at = $5
        WHERE id = $1`,
      [subscription.id, opened.url, opened.expiresAt, opened.sessionId, this.clock.now()],
    );
    return view(subscription, opened.url, opened.expiresAt);
  }

  /** Makes the pending subscription, or finds the one that this wish made before. */
  private async begin(tx: Tx, donor: UserActor, wish: CreateSubscription, clientKey?: string): Promise<{ subscription: Subscription; title: string }> {
    const title = wish.targetType === 'case' ? await this.lockCase(tx, donor, wish) : await this.lockPerson(tx, donor, wish.targetId);
    const wishKey = clientKey === undefined ? implicitKey(donor, wish, this.clock.now()) : `${donor.userId}:key:${clientKey}`;
    for (let key = wishKey; ; ) {
      const made = await this.insertPending(tx, donor, wish, key);
      if (made) return { subscription: made, title };
      const earlier = await tx.manager.findOneByOrFail(Subscription, { idempotencyKey: key });
      if (clientKey !== undefined && !isSameWish(earlier, wish)) throw new IdempotencyKeyReused();
      if (clientKey !== undefined || earlier.status === 'pending') return { subscription: earlier, title };
      // Paid or ended within the ten seconds: supporting once more is another wish.
      key = `${wishKey}:after:${earlier.id}`;
    }
  }

  private async insertPending(tx: Tx, donor: UserActor, wish: CreateSubscription, idempotencyKey: string): Promise<Subscription | null> {
    const now = this.clock.now();
    const { targetType, targetId, amount, currency, interval, successUrl, cancelUrl } = wish;
    const subscription = tx.manager.create(Subscription, {
      id: newId(),
      userId: donor.userId,
      targetType,
      targetId,
      amount,
      currency,
      interval,
      status: 'pending',
      idempotencyKey,
      successUrl,
      cancelUrl,
      createdAt: now,
      updatedAt: now,
    });
    const { raw } = await tx.manager.createQueryBuilder().insert().into(Subscription).values(subscription).orIgnore().returning('id').execute();
    if ((raw as unknown[]).length === 0) return null;
    tx.audit(donor, subscriptionCreated, subscription.id, { after: { status: 'pending', targetType, targetId, amount, currency, interval } });
    return subscription;
  }

  private async lockCase(tx: Tx, donor: UserActor, { targetId, currency }: CreateSubscription): Promise<string> {
    const target = await this.cases.lockDonationTarget(tx, targetId);
    if (!target || target.hidden) throw new CaseNotFound();
    if (target.ownerId === donor.userId) throw new SelfDonation();
    if (target.donationBlockReason === 'CASE_CLOSED') throw new CaseClosed();
    if (target.donationBlockReason === 'CASE_HIGH_RISK') throw new CaseHighRisk();
    if (target.currency !== currency) throw new CurrencyMismatch(`This collects in ${target.currency}; give in that currency`);
    return target.title;
  }

  private async lockPerson(tx: Tx, donor: UserActor, userId: string): Promise<string> {
    if (userId === donor.userId) throw new SelfDonation('You cannot support yourself');
    const person = await this.queries.lockPerson(tx, userId);
    if (!person || person.erased) throw new UserNotFound();
    return person.name;
  }

  private async openPage(donor: UserActor, subscription: Subscription, title: string): ReturnType<RecurringGateway['openCheckout']> {
    const { id: subscriptionId, targetType, targetId, amount, currency, interval, successUrl, cancelUrl } = subscription;
    const metadata = { subscriptionId, [targetType === 'case' ? 'caseId' : 'targetUserId']: targetId };
    try {
      return await this.gateway.openCheckout({ subscriptionId, amount, currency, interval, title, metadata, successUrl, cancelUrl });
    } catch (error) {
      if (error instanceof Problem && error.status < 500) await this.abandon(donor, subscriptionId, error.code);
      throw error;
    }
  }

  /** The provider will never take it: it is over, and its key free for a mended wish. */
  private async abandon(donor: UserActor, id: string, code: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const locked = await tx.lock(Subscription, { id });
      if (locked?.status === 'pending') await this.subscriptions.cancel(tx, donor, locked, 'refused', code);
    });
  }
}

const implicitKey = (donor: UserActor, { targetType, targetId, amount, currency, interval }: CreateSubscription, now: Date): string =>
  `${donor.userId}:${amount}:${currency}:${interval}:${targetType}:${targetId}:${Math.floor(now.getTime() / SAME_WISH_MS)}`;

const isSameWish = (subscription: Subscription, wish: CreateSubscription): boolean =>
  subscription.amount === wish.amount &&
  subscription.currency === wish.currency &&
  subscription.interval === wish.interval &&
  subscription.targetType === wish.targetType &&
  subscription.targetId === wish.targetId;

const view = ({ id, status }: Subscription, checkoutUrl: string, expiresAt: Date): SubscriptionCheckoutView => ({ id, status, checkoutUrl, expiresAt: expiresAt.toISOString() });
