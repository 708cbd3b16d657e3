import { defineProblem } from '../../../platform/http/problem.js';

export const ReviewItemNotFound = defineProblem(404, 'REVIEW_ITEM_NOT_FOUND', 'There is no such item in the review queue');
export const ReviewItemClaimed = defineProblem(409, 'REVIEW_ITEM_CLAIMED', 'Somebody else is at this; wait until their claim ends or ask them to release it');
export const ReviewItemDecided = defineProblem(409, 'REVIEW_ITEM_DECIDED', 'This has been decided already');
