import { defineProblem } from '../http/problem.js';

/** The bytes are not a picture of an accepted type, whatever their name or declared type says. */
export const UnsupportedImageError = defineProblem(415, 'FILE_TYPE_UNSUPPORTED', 'Send a JPEG, PNG, WebP or HEIC picture');

/** Too many bytes or too many pixels. */
export const ImageTooLargeError = defineProblem(413, 'FILE_TOO_LARGE', 'The picture is too large; at most 10 MB and 50 megapixels');

/** An accepted type by its first bytes, but damaged, truncated or not what those bytes promise. */
export const ImageUnreadableError = defineProblem(400, 'FILE_UNREADABLE', 'The picture cannot be read; it may be damaged');

/** Unknown, deleted, not yet stored, or uploaded by another user: the caller is not told which. */
export const FileNotFoundError = defineProblem(404, 'FILE_NOT_FOUND', 'There is no such file, or it is not yours');

/** The storage behind the files did not answer; the upload can be tried again. */
export const FileStorageUnavailableError = defineProblem(503, 'FILE_STORAGE_UNAVAILABLE', 'The picture could not be stored; try again');
