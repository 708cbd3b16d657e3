/** One uploaded picture, re-encoded and without metadata. */
export class FileView {
  /** Use it in `images` of what you create; pictures that nothing uses are removed after 24 hours. */
  id: string;

  /** Of the stored picture. @example image/jpeg */
  contentType: string;

  /** Bytes of the stored picture. @example 184213 */
  size: number;

  /** Pixels. @example 1600 */
  width: number;

  /** Pixels. @example 1200 */
  height: number;

  /** SHA-256 of the stored bytes, 64 hex digits. */
  sha256: string;

  /** Perceptual hash computed by the server, 16 hex digits. @example c3a5965a69a5963c */
  phash: string;

  /** Where the picture is. @example /v1/files/0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10 */
  url: string;

  /** Where its thumbnail is: WebP of at most 480 pixels a side. */
  thumbnailUrl: string;
}
