import type { NoticeKey, NoticeParams } from './notice-texts.js';

/** Something to tell one person. The text follows from `key` and `params`, in that person's language. */
export interface Notice {
  userId: string;
  key: NoticeKey;
  /** No personal data of others. */
  params?: NoticeParams;
  caseId?: string | null;
  /** What several notices are about, such as `case:<id>`. */
  subject?: string;
}
