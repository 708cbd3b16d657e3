import { ApiPropertyOptional } from '@nestjs/swagger';
import { PAGE_MAX, PageQuery } from '../../../platform/http/keyset.js';
import type { NotificationType } from './notice-texts.js';

/** Notifications a page unless the client says otherwise (behaviour 2.18). */
export const NOTIFICATIONS_PAGE = 50;

/** Which page of the own notifications. */
export class NotificationsQuery extends PageQuery {
  /** Rows a page; more than 100 is read as 100. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: NOTIFICATIONS_PAGE, description: `Rows a page; more than ${PAGE_MAX} is read as ${PAGE_MAX}` })
  override limit: number = NOTIFICATIONS_PAGE;
}

/** Something the caller was told. */
export class NotificationView {
  id: string;
  /** Kind of news. */
  type: NotificationType;
  /** In the caller's language. @example "News of “Rex was hit by a car”" */
  title: string;
  /** In the caller's language. @example "A new update was posted." */
  message: string;
  /** The case that it is about. */
  caseId: string | null;
  /** Whether that case is still shown; false also where there is none. */
  caseAvailable: boolean;
  /** Where a client leads to, as a path of the application; null for news that lead nowhere. @example /case/0197f7a2-3f6b-7cc2-9a53-0c1d2e3f4a5b */
  link: string | null;
  /** Whether the caller has read it. */
  read: boolean;
  createdAt: Date;
}

/** A page of notifications, newest first. */
export class NotificationPage {
  items: NotificationView[];
  nextCursor: string | null;
}

/** How many notifications the caller has not read. */
export class UnreadCountView {
  /** Exact. @example 3 */
  count: number;
}
