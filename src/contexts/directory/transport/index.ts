export { transportRequested } from './transport.events.js';
export { TransportModule } from './transport.module.js';
