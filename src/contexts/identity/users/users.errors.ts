import { defineProblem } from '../../../platform/http/problem.js';

export const AccountErased = defineProblem(401, 'ACCOUNT_ERASED', 'This account was erased; sign up again to come back');
export const UserNotFound = defineProblem(404, 'USER_NOT_FOUND', 'There is no such person here');
export const ProfilePrivate = defineProblem(403, 'PROFILE_PRIVATE', 'This profile is private');
