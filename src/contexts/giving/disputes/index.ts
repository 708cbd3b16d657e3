export { DisputesModule } from './disputes.module.js';
export { disputeClosed, disputeOpened } from './disputes.events.js';
export { DisputesReader } from './disputes.reader.js';
