import { defineProblem } from '../../../platform/http/problem.js';

export const PaymentMethodNotFound = defineProblem(404, 'PAYMENT_METHOD_NOT_FOUND', 'There is no such payment method');
