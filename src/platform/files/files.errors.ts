/** Base of the refusals of this module: a stable code and the HTTP status that fits it. */
export abstract class FileError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;

  override get name(): string {
    return this.constructor.name;
  }
}

/** The bytes are not a picture of an accepted type, whatever their name or declared type says. */
export class UnsupportedImageError extends FileError {
  readonly code = 'FILE_TYPE_UNSUPPORTED';
  readonly status = 415;
}

/** Too many bytes or too many pixels. */
export class ImageTooLargeError extends FileError {
  readonly code = 'FILE_TOO_LARGE';
  readonly status = 413;
}

/** An accepted type by its first bytes, but damaged, truncated or not what those bytes promise. */
export class ImageUnreadableError extends FileError {
  readonly code = 'FILE_UNREADABLE';
  readonly status = 422;
}

/** Unknown, deleted, not yet stored, or uploaded by another user: the caller is not told which. */
export class FileNotFoundError extends FileError {
  readonly code = 'FILE_NOT_FOUND';
  readonly status = 404;
}

/** The storage behind the files did not answer; the upload can be tried again. */
export class FileStorageUnavailableError extends FileError {
  readonly code = 'FILE_STORAGE_UNAVAILABLE';
  readonly status = 503;
}
