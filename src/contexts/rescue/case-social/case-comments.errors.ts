import { defineProblem } from '../../../platform/http/problem.js';

export const CommentNotFound = defineProblem(404, 'COMMENT_NOT_FOUND', 'There is no such comment, or it was deleted');
