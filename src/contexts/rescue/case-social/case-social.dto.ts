/** Whether the caller likes a case now, and how many people do. */
export class LikeView {
  /** Whether the caller likes it. */
  liked: boolean;
  /** How many people like it. @example 17 */
  count: number;
}

/** Whether the caller keeps a case now, and how many people do. */
export class SaveView {
  /** Whether the caller keeps it. */
  saved: boolean;
  /** How many people keep it. @example 4 */
  count: number;
}
