export { LedgerModule } from './ledger.module.js';
export { type EntryDraft, LedgerFacade, type PostingDraft } from './ledger.facade.js';
export { LedgerReader } from './ledger.reader.js';
export { LedgerQuery, LedgerStatement } from './ledger.dto.js';
export { type LedgerDifference, type LedgerVerification, verifyLedger } from './ledger.verification.js';
export { runLedgerVerification } from './verify.command.js';
export type { AccountKind } from './ledger-account.entity.js';
