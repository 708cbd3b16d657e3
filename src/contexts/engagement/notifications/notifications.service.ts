import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { Notification } from './notification.entity.js';
import { noticeText, noticeType } from './notice-texts.js';
import type { Notice } from './notices.js';
import { personChannel } from '../../../platform/events/person-channel.js';
import { NotificationNotFound } from './notifications.errors.js';
import { NotificationsQueries } from './notifications.queries.js';

/** Rows of one statement when many people are told at once. */
const BATCH = 1_000;
/** Up to so many people are told live as well; larger audiences find the news with their next look. */
const LIVE_AUDIENCE = 200;

/** Tells people, and keeps what they have read. Only consumers of events call {@link tell}: clients cannot make notifications. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queries: NotificationsQueries,
  ) {}

  /** Tells each person in their own language, in the caller's transaction. Who has been erased is told nothing. */
  async tell(tx: Tx, notices: Notice[]): Promise<void> {
    for (let start = 0; start < notices.length; start += BATCH) {
      const batch = notices.slice(start, start + BATCH);
      const languages = await this.queries.languages(tx, [...new Set(batch.map(({ userId }) => userId))]);
      const rows = batch.flatMap((notice) => {
        const language = languages.get(notice.userId);
        return language === undefined ? [] : [this.rowOf(notice, language)];
      });
      if (rows.length === 0) continue;
      await tx.manager.insert(Notification, rows);
      if (notices.length > LIVE_AUDIENCE) continue;
      for (const { id, userId, type, caseId } of rows) tx.signal(personChannel(userId), 'notification.created', { id, type, caseId });
    }
  }

  /** Marks one as read. @throws NotificationNotFound */
  async read(userId: string, id: string): Promise<void> {
    const row = await this.database.row(`UPDATE engagement.notifications SET read = true WHERE id = $1 AND user_id = $2 RETURNING id`, [id, userId]);
    if (!row) throw new NotificationNotFound();
  }

  /** Marks everything as read that is there now. */
  async readAll(userId: string): Promise<void> {
    await this.database.rows(`UPDATE engagement.notifications SET read = true WHERE user_id = $1 AND NOT read`, [userId]);
  }

  /** Removes one. @throws NotificationNotFound */
  async remove(userId: string, id: string): Promise<void> {
    const row = await this.database.row(`DELETE FROM engagement.notifications WHERE id = $1 AND user_id = $2 RETURNING id`, [id, userId]);
    if (!row) throw new NotificationNotFound();
  }

  /** Removes everything an erased person was told (behaviour 2.27). */
  async forget(tx: Tx, userId: string): Promise<void> {
    await tx.manager.delete(Notification, { userId });
  }

  private rowOf({ userId, key, params = {}, caseId = null, subject }: Notice, language: string): Omit<Notification, 'read'> {
    return { id: newId(), userId, type: noticeType(key), key, params, ...noticeText(key, language, params), caseId, subject: subject ?? null, createdAt: this.clock.now() };
  }
}
