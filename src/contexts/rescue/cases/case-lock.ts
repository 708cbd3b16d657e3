import type { Tx } from '../../../platform/database/tx.js';
import { Case } from './case.entity.js';

/**
 * Locks a case for a change. Not `FOR UPDATE`: rows that reference the case hold its key shared, and two
 * transactions that each insert one and then lock would wait for each other.
 */
export const lockCase = (tx: Tx, id: string): Promise<Case | null> => tx.manager.findOne(Case, { where: { id }, lock: { mode: 'for_no_key_update' } });
