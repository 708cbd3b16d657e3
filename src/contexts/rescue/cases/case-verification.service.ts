import { Injectable } from '@nestjs/common';
import { type Actor, SYSTEM, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Forbidden, IllegalTransition } from '../../../platform/http/problem.js';
import { Case, type VerificationStatus } from './case.entity.js';
import { CaseLock } from './case-lock.js';
import { verificationUpgraded } from './cases.audit.js';
import { CaseClosed } from './cases.errors.js';
import { caseVerificationChanged } from './cases.events.js';

/** How a case rises on the verification ladder without an admin (behaviour 1.4); what admins do is moderation. */
@Injectable()
export class CaseVerificationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lock: CaseLock,
  ) {}

  /** Enough of the community vouches for a locked, unverified case. */
  byCommunity(tx: Tx, row: Case, evidence: Record<string, number>): Promise<void> {
    return this.upgrade(tx, SYSTEM, row, 'community', 'system', evidence);
  }

  /**
   * The owner of the verified clinic that a case names confirms the treatment.
   * @throws CaseNotFound, Forbidden for everybody else, CaseClosed, IllegalTransition when it was confirmed before
   */
  confirmByClinic(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.lock.visible(tx, actor, id);
      const clinic = row.clinicId === null ? null : await this.lock.clinic(tx, row.clinicId);
      if (!clinic?.verified || clinic.ownerId !== userIdOf(actor)) throw new Forbidden('Only the owner of the verified clinic that this case names may confirm the treatment');
      if (row.closed) throw new CaseClosed();
      if (row.verificationStatus === 'clinic') throw new IllegalTransition('The treatment is confirmed already');
      await this.upgrade(tx, actor, row, 'clinic', 'clinic', { clinicId: clinic.id });
    });
  }

  private async upgrade(tx: Tx, actor: Actor, row: Case, to: VerificationStatus, by: 'system' | 'clinic', evidence: Record<string, unknown>): Promise<void> {
    const from = row.verificationStatus;
    row.verificationStatus = to;
    await tx.manager.update(Case, row.id, { verificationStatus: to, updatedAt: this.clock.now() });
    tx.audit(actor, verificationUpgraded, row.id, { before: { verificationStatus: from }, after: { verificationStatus: to }, evidence });
    tx.publish(caseVerificationChanged({ caseId: row.id, ownerId: row.userId, from, to, by }));
  }
}
