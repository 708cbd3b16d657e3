import { defineProblem } from '../../../platform/http/problem.js';

export const SelfFollow = defineProblem(400, 'SELF_FOLLOW', 'You cannot follow yourself');
