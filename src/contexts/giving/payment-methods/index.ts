export { PaymentMethodsModule } from './payment-methods.module.js';
export { PaymentMethodsFacade } from './payment-methods.facade.js';
