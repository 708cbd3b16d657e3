import { Injectable } from '@nestjs/common';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { DuplicateImagesService } from './duplicate-images.service.js';

const BATCH = 100;

/** Looks at the pictures of cases that were published before fingerprints were kept. */
@Injectable()
export class ImageFingerprintsWorker {
  constructor(private readonly duplicates: DuplicateImagesService) {}

  @Scheduled({ name: 'rescue.look-at-old-pictures', cron: '50 * * * *' })
  async lookAtOldPictures(): Promise<void> {
    while ((await this.duplicates.lookAtPending(BATCH)) === BATCH);
  }
}
