import type { VerificationLevel } from '../users/index.js';

/** Whether the caller follows a person, and how many do. */
export class FollowView {
  /** Always false for guests. @example true */
  following: boolean;
  /** People who follow that person. @example 12 */
  followerCount: number;
}

/** A person in a list of followers or followed. */
export class FollowedPersonView {
  /** Id of the person, a UUIDv7. */
  id: string;
  /** Name they are shown by. @example Maria */
  name: string;
  /** Address of the picture. @example https://img.example.com/maria.png */
  avatar: string | null;
  /** How far the person is trusted. @example unverified */
  verificationLevel: VerificationLevel;
  /** When the following began. */
  followedAt: Date;
}

/** A page of people, latest follow first. */
export class FollowedPersonPage {
  /** The people of this page. */
  items: FollowedPersonView[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}
