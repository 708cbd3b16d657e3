export { DiskStorage } from './disk-storage.js';
export { type FileVisibility, StoredFile } from './file.entity.js';
export type { FileStorage, StoredObject } from './file-storage.js';
export * from './files.errors.js';
export { FilesService, type OrphanSweep, type UploadOptions } from './files.service.js';
export { MAX_IMAGE_BYTES, processImage, type ProcessedImage } from './image-processing.js';
export { hammingDistance } from './perceptual-hash.js';
export { S3Storage, type S3StorageOptions } from './s3-storage.js';
