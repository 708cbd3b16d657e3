export { CONTENT_TYPES, type ContentType, type ModerationTarget, type Sanction, SANCTIONS, TARGET_TYPES, type TargetType } from './moderation-target.js';
export { ModerationTargets } from './moderation-targets.js';
export { SanctionUnavailable, SelfReviewForbidden } from './targets.errors.js';
export { TargetsModule } from './targets.module.js';
