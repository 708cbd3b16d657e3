import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../platform/auth/access.js';
import { LiveEvents } from '../../../platform/events/live-events.js';
import { EventStream } from '../../../platform/http/sse.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseNotFound } from './cases.errors.js';
import { CASE_HIDDEN, caseChannel } from './cases.events.js';
import { CasesQueries } from './cases.queries.js';

/** A stream that ends with the news that its case is not public any more. */
class CaseStream extends EventStream {
  override send(event: { id?: string; type: string; data: unknown }): void {
    super.send(event);
    if (event.type === CASE_HIDDEN) this.close();
  }
}

@ApiTags('Cases')
@Controller('v1/cases/:id/events')
@Public()
export class CaseStreamController {
  constructor(
    private readonly queries: CasesQueries,
    private readonly live: LiveEvents,
  ) {}

  /**
   * Watches a case live, as server-sent events: `case.funding`, `case.update`, `case.lifecycle`, `case.comment`.
   *
   * It starts with a `case.funding` of the present state, or after the event named by `Last-Event-ID`.
   */
  @Get()
  @Throws(CaseNotFound)
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event seen; what came after it is sent again', schema: { type: 'string' } })
  @ApiOkResponse({ description: 'Events until the client leaves; a comment line every 15 s keeps the stream open', schema: { type: 'string' } })
  async watch(@Param('id', IdPipe) id: string, @Headers('last-event-id') lastEventId: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const channel = caseChannel(id);
    const head = await this.live.head(channel);
    // Read after the head: the state may hold a little more than the head says, never less.
    const state = await this.queries.fundingState(id);
    const resumed = lastEventId !== undefined && /^\d{1,18}$/.test(lastEventId) ? BigInt(lastEventId) : null;
    const stream = new CaseStream(reply);
    if (resumed !== null && resumed <= head) {
      this.live.watch(channel, stream, resumed);
      return;
    }
    stream.send({ id: head.toString(), type: 'case.funding', data: state });
    this.live.watch(channel, stream, head);
  }
}
