import { defineEvent } from '../../../platform/outbox/event.js';
import type { OnboardingUserType } from './user.entity.js';

/** A person finished onboarding, perhaps not for the first time. */
export const onboardingCompleted = defineEvent<{ userId: string; userType: OnboardingUserType }>('identity.onboarding.completed.v1');

/**
 * An account was erased (behaviour 2.27). The row is anonymous by now; every module that keeps something
 * of that person consumes this and lets go of it.
 */
export const userErasedEvent = defineEvent<{ userId: string }>('identity.user.erased.v1');

/** A moderator warned a person. Why is in the decision that they can read. */
export const userWarned = defineEvent<{ userId: string; warningCount: number }>('identity.user.warned.v1');
