import { defineProblem } from '../../../platform/http/problem.js';

export const ReportNotFound = defineProblem(404, 'REPORT_NOT_FOUND', 'There is no such report');
export const ReportClosed = defineProblem(409, 'REPORT_CLOSED', 'This report has been decided already');
