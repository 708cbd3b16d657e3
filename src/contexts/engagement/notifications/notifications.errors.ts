import { defineProblem } from '../../../platform/http/problem.js';

export const NotificationNotFound = defineProblem(404, 'NOTIFICATION_NOT_FOUND', 'There is no such notification of yours');
