import { Controller, Delete, Get, Headers, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { LiveEvents } from '../../../platform/events/live-events.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { EventStream } from '../../../platform/http/sse.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { NotificationPage, NotificationsQuery, UnreadCountView } from './notifications.dto.js';
import { NotificationNotFound } from './notifications.errors.js';
import { personChannel } from '../../../platform/events/person-channel.js';
import { NotificationsQueries } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('Engagement')
@Controller('v1')
@User()
export class NotificationsController {
  constructor(
    private readonly service: NotificationsService,
    private readonly queries: NotificationsQueries,
    private readonly live: LiveEvents,
  ) {}

  /** Lists the caller's notifications, newest first, 50 a page. */
  @Get('me/notifications')
  @Throws(CursorInvalid)
  list(@CurrentActor() actor: UserActor, @Query() query: NotificationsQuery): Promise<NotificationPage> {
    return this.queries.page(actor.userId, query);
  }

  /** Counts what the caller has not read. */
  @Get('me/notifications/unread-count')
  async unread(@CurrentActor() actor: UserActor): Promise<UnreadCountView> {
    return { count: await this.queries.unread(actor.userId) };
  }

  /** Marks everything as read. */
  @Put('me/notifications/read')
  @HttpCode(204)
  readAll(@CurrentActor() actor: UserActor): Promise<void> {
    return this.service.readAll(actor.userId);
  }

  /** Marks one notification as read. */
  @Put('notifications/:id/read')
  @HttpCode(204)
  @Throws(NotificationNotFound)
  read(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.service.read(actor.userId, id);
  }

  /** Removes one notification. */
  @Delete('notifications/:id')
  @HttpCode(204)
  @Throws(NotificationNotFound)
  remove(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.service.remove(actor.userId, id);
  }

  /**
   * Watches the caller's own news live, as server-sent events: `notification.created`, `donation.completed`.
   *
   * It starts with what comes next, or after the event named by `Last-Event-ID`.
   */
  @Get('me/events')
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event seen; what came after it is sent again', schema: { type: 'string' } })
  @ApiOkResponse({ description: 'Events until the client leaves; a comment line every 15 s keeps the stream open', schema: { type: 'string' } })
  async watch(@CurrentActor() actor: UserActor, @Headers('last-event-id') lastEventId: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const channel = personChannel(actor.userId);
    const head = await this.live.head(channel);
    const resumed = lastEventId !== undefined && /^\d{1,18}$/.test(lastEventId) ? BigInt(lastEventId) : head;
    this.live.watch(channel, new EventStream(reply), resumed < head ? resumed : head);
  }
}
