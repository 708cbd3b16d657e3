import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin } from '../../../platform/auth/access.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { ReviewItemPage, ReviewQueueQuery, SlaView } from './review-queue.dto.js';
import { ReviewQueueQueries } from './review-queue.queries.js';

@ApiTags('Staff')
@Controller('v1/admin')
@Admin()
export class ReviewQueueAdminController {
  constructor(private readonly queries: ReviewQueueQueries) {}

  /** Lists everything that waits for a decision of staff, whatever it is: high priority first, then what is due next. */
  @Get('review-queue')
  @Throws(CursorInvalid)
  queue(@Query() query: ReviewQueueQuery): Promise<ReviewItemPage> {
    return this.queries.queue(query);
  }

  /** Shows how fast claims and reports are answered, and what is late. */
  @Get('sla')
  sla(): Promise<SlaView> {
    return this.queries.sla();
  }
}
