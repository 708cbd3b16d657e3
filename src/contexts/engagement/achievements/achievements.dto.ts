import type { AchievementType } from './achievements.catalogue.js';

/** A badge as others see it. */
export class PublicAchievementView {
  type: AchievementType;
  unlockedAt: Date;
}

/** A page of somebody's badges, newest first. */
export class PublicAchievementPage {
  items: PublicAchievementView[];
  nextCursor: string | null;
}

/** An own badge. */
export class AchievementView extends PublicAchievementView {
  /** @example First Steps */
  title: string;
  /** What it was given for. @example Made a first donation */
  description: string;
  /** One emoji. @example 🎉 */
  icon: string;
}

/** A page of own badges, newest first. */
export class AchievementPage {
  items: AchievementView[];
  nextCursor: string | null;
}
