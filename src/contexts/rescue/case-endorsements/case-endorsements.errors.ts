import { defineProblem } from '../../../platform/http/problem.js';

export const SelfEndorse = defineProblem(403, 'SELF_ENDORSE', 'Nobody vouches for a case of their own');
