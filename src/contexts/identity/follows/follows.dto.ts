import type { VerificationLevel } from '../users/index.js';

/** Whether the caller follows a person, and how many do. */
export class FollowView {
  /** Always false for guests. */
  following: boolean;
  /** People who follow that person. */
  followerCount: number;
}

/** A person in a list of followers or followed. */
export class FollowedPersonView {
  id: string;
  /** @example Maria */
  name: string;
  avatar: string | null;
  verificationLevel: VerificationLevel;
  followedAt: Date;
}

/** A page of people, latest follow first. */
export class FollowedPersonPage {
  items: FollowedPersonView[];
  nextCursor: string | null;
}
