export { RefundsModule } from './refunds.module.js';
export { refundFailed, refundSucceeded } from './refunds.events.js';
