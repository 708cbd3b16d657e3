import type { AchievementType } from './achievements.catalogue.js';

/** A badge as others see it. */
export class PublicAchievementView {
  /** Kind of badge. @example first_donation */
  type: AchievementType;
  /** When it was earned. */
  unlockedAt: Date;
}

/** A page of somebody's badges, newest first. */
export class PublicAchievementPage {
  /** The badges of this page. */
  items: PublicAchievementView[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** An own badge. */
export class AchievementView extends PublicAchievementView {
  /** Name of the badge. @example "First Steps" */
  title: string;
  /** What it was given for. @example "Made a first donation" */
  description: string;
  /** One emoji. @example 🎉 */
  icon: string;
}

/** A page of own badges, newest first. */
export class AchievementPage {
  /** The badges of this page. */
  items: AchievementView[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}
