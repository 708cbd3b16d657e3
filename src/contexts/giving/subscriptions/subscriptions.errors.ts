import { defineProblem } from '../../../platform/http/problem.js';

export const SubscriptionNotFound = defineProblem(404, 'SUBSCRIPTION_NOT_FOUND', 'There is no such subscription');
