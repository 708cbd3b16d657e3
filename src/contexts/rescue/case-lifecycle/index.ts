export { CaseLifecycleModule } from './case-lifecycle.module.js';
