import { defineProblem } from '../../../platform/http/problem.js';

export const PaymentsUnavailable = defineProblem(503, 'PAYMENTS_UNAVAILABLE', 'The payment provider cannot be reached; nothing was charged. Repeat the same request shortly');
export const PaymentRefused = defineProblem(400, 'PAYMENT_REFUSED', 'The payment provider does not take this payment; change the amount or currency');
