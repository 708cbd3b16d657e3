export { CasesModule } from './cases.module.js';
export { CasesFacade } from './cases.facade.js';
export { CasesReader } from './cases.reader.js';
export { caseChannel, caseClosed, casePublished } from './cases.events.js';
export { CaseClosed, CaseHighRisk, CaseNotFound } from './cases.errors.js';
export type { CaseStatus, LifecycleStage } from './case.entity.js';
export type { FundingState } from './case-funding.service.js';
export type { DonationBlockReason, DonationTarget } from './cases.queries.js';
