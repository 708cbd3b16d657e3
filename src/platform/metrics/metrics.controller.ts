import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.js';
import { Unlimited } from '../limits/client-limiter.js';
import { Metrics } from './metrics.js';

@ApiTags('Operations')
@Controller('metrics')
@Public()
@Unlimited()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** Metrics of this process in the Prometheus text format. */
  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Prometheus text', schema: { type: 'string' } })
  show(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
