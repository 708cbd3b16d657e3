/** Whether the caller likes a case now, and how many people do. */
export class LikeView {
  liked: boolean;
  /** @example 17 */
  count: number;
}

/** Whether the caller keeps a case now, and how many people do. */
export class SaveView {
  saved: boolean;
  /** @example 4 */
  count: number;
}
