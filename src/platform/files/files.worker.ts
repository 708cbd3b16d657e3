import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Scheduled } from '../queue/scheduled.js';
import { FilesService } from './files.service.js';

/** Removes pictures that nothing used within a day. */
@Injectable()
export class FilesWorker {
  private readonly logger = new Logger(FilesWorker.name);

  constructor(
    private readonly files: FilesService,
    private readonly clock: Clock,
  ) {}

  @Scheduled({ name: 'platform.remove-orphan-files', cron: '35 * * * *' })
  async removeOrphans(): Promise<void> {
    const { removed, failed } = await this.files.removeOrphans(this.clock.now());
    if (removed + failed > 0) this.logger.log(`${removed} orphaned files removed, ${failed} to try again`);
  }
}
