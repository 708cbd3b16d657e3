import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { StoredFile } from './file.entity.js';
import { DiskStorage } from './disk-storage.js';
import type { FileStorage } from './file-storage.js';
import { FilesController } from './files.controller.js';
import { FilesService } from './files.service.js';
import { FilesWorker } from './files.worker.js';
import { S3Storage } from './s3-storage.js';

const FILE_STORAGE = Symbol('FILE_STORAGE');

/** Uploaded pictures: on disk under `DATA_DIR/files`, or in S3 when `S3_BUCKET` is set. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([StoredFile])],
  controllers: [FilesController],
  providers: [
    {
      provide: FILE_STORAGE,
      inject: [CONFIG],
      useFactory: (config: Config): FileStorage => (config.s3 ? new S3Storage(config.s3) : new DiskStorage(join(config.dataDir, 'files'))),
    },
    {
      provide: FilesService,
      inject: [getRepositoryToken(StoredFile), FILE_STORAGE, Clock],
      useFactory: (...parts: ConstructorParameters<typeof FilesService>) => new FilesService(...parts),
    },
    FilesWorker,
  ],
  exports: [FilesService],
})
export class FilesModule {}
