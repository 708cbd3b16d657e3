export { type ProviderIdentity, UserAccounts } from './accounts.service.js';
export { VOLUNTEER_AVAILABILITIES, VOLUNTEER_CAPABILITIES, type VerificationLevel, type VolunteerAvailability, type VolunteerCapability } from './user.entity.js';
export { UserErasure } from './user-erasure.service.js';
export { MeView } from './users.dto.js';
export { UserNotFound } from './users.errors.js';
export { onboardingCompleted, userErasedEvent, userWarned } from './users.events.js';
export { UsersFacade } from './users.facade.js';
export { UsersModule } from './users.module.js';
export { meView } from './users.queries.js';
