import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { Money } from '../../../platform/money/money.js';
import { noticeText } from './notice-texts.js';
import { personChannel } from '../../../platform/events/person-channel.js';
import { NotificationsQueries } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';

/** So many donations to one case within the window are told one by one; the next makes them a summary (behaviour 2.18). */
const TOLD_SINGLY = 5;
const WINDOW_MS = 60 * 60_000;

interface Received {
  ownerId: string;
  /** Title of the case or campaign. */
  target: string;
  caseId: string | null;
  /** `case:<id>` or `campaign:<id>`. */
  subject: string;
  money: Money;
}

interface Earlier {
  id: string;
  key: string;
  amount: number;
  count: number;
  began: Date;
}

/** Tells owners of donations, without a storm of messages. */
@Injectable()
export class DonationNotices {
  constructor(
    private readonly clock: Clock,
    private readonly queries: NotificationsQueries,
    private readonly notifications: NotificationsService,
  ) {}

  /** From the sixth donation of an hour on, one unread summary takes the place of its rows and is kept up to date. */
  async tellOwner(tx: Tx, received: Received): Promise<void> {
    const { ownerId, target, caseId, subject, money } = received;
    // One at a time for an owner and subject: each has to see the rows of the one before.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`notices:${ownerId}:${subject}`]);
    const earlier = await this.withinWindow(tx, received);
    const summary = earlier.find(({ key }) => key === 'donation_received.many');
    if (!summary && earlier.length < TOLD_SINGLY) {
      await this.notifications.tell(tx, [{ userId: ownerId, key: 'donation_received.one', params: { money, target }, caseId, subject }]);
      return;
    }
    const count = earlier.reduce((sum, row) => sum + row.count, 1);
    const amount = earlier.reduce((sum, row) => sum + row.amount, money.amount);
    const began = new Date(Math.min(...earlier.map((row) => row.began.getTime()))).toISOString();
    const params = { money: { amount, currency: money.currency }, count, target, began };
    if (!summary) {
      await tx.query(`DELETE FROM engagement.notifications WHERE id = ANY($1)`, [earlier.map(({ id }) => id)]);
      await this.notifications.tell(tx, [{ userId: ownerId, key: 'donation_received.many', params, caseId, subject }]);
      return;
    }
    const language = (await this.queries.languages(tx, [ownerId])).get(ownerId);
    if (language === undefined) return;
    const { title, message } = noticeText('donation_received.many', language, params);
    await tx.query(`UPDATE engagement.notifications SET params = $2, title = $3, message = $4, read = false, created_at = $5 WHERE id = $1`, [
      summary.id,
      JSON.stringify(params),
      title,
      message,
      this.clock.now(),
    ]);
    tx.signal(personChannel(ownerId), 'notification.created', { id: summary.id, type: 'donation_received', caseId });
  }

  private withinWindow(tx: Tx, { ownerId, subject, money }: Received): Promise<Earlier[]> {
    return tx.query<Earlier>(
      `SELECT id, key, (params #>> '{money,amount}')::float8 AS amount, coalesce((params ->> 'count')::integer, 1) AS count,
              coalesce((params ->> 'began')::timestamptz, created_at) AS began
         FROM engagement.notifications
        WHERE user_id = $1 AND subject = $2 AND type = 'donation_received' AND params #>> '{money,currency}' = $3
          AND coalesce((params ->> 'began')::timestamptz, created_at) > $4`,
      [ownerId, subject, money.currency, new Date(this.clock.now().getTime() - WINDOW_MS)],
    );
  }
}
