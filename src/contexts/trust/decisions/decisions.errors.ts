import { defineProblem } from '../../../platform/http/problem.js';

export const DecisionNotFound = defineProblem(404, 'DECISION_NOT_FOUND', 'There is no such decision about you');
export const AppealNotFound = defineProblem(404, 'APPEAL_NOT_FOUND', 'There is no such appeal');
export const AppealExists = defineProblem(409, 'APPEAL_EXISTS', 'You have appealed against this decision; there is one appeal for each');
export const AppealWindowClosed = defineProblem(409, 'APPEAL_WINDOW_CLOSED', 'The time for an appeal is over');
export const AppealDecided = defineProblem(409, 'APPEAL_DECIDED', 'This appeal has been decided already');
