export { PaymentsSandbox, type PaymentsSandboxOptions } from './payments-sandbox.js';
export { PaymentsSandboxAddress, PaymentsSandboxModule, SANDBOX_PAGES_PREFIX } from './payments-sandbox.module.js';
export { buildSandboxApp, type SandboxParts } from './sandbox.app.js';
export { SANDBOX_SCHEMA_SQL } from './sandbox-schema.js';
