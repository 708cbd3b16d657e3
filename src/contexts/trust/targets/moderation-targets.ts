import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { UserNotFound, UsersFacade } from '../../identity/users/index.js';
import { AdoptionTarget } from './adoption.target.js';
import { CaseCommentTarget } from './case-comment.target.js';
import { CaseTarget } from './case.target.js';
import type { ModerationTarget, Sanction, TargetKind, TargetType } from './moderation-target.js';
import { SanctionUnavailable } from './targets.errors.js';

/** Everything that can be moderated, whatever context it is of, and what a decision does to it and to its owner. */
@Injectable()
export class ModerationTargets {
  private readonly kinds: ReadonlyMap<TargetType, TargetKind>;

  constructor(
    cases: CaseTarget,
    caseComments: CaseCommentTarget,
    adoptions: AdoptionTarget,
    private readonly users: UsersFacade,
  ) {
    this.kinds = new Map([cases, caseComments, adoptions].map((kind: TargetKind) => [kind.type, kind]));
  }

  /**
   * What somebody may report: there and shown to the public.
   * @throws the owning context's 404
   */
  async visible(tx: Tx, type: TargetType, id: string): Promise<ModerationTarget> {
    const kind = this.kindOf(type);
    const target = await kind.find(tx, id);
    if (!target?.visible) throw new kind.notFound();
    return target;
  }

  /** The target, hidden or not; null when it is gone. */
  find(tx: Tx, type: TargetType, id: string): Promise<ModerationTarget | null> {
    return this.kindOf(type).find(tx, id);
  }

  /**
   * Does to a target or its owner what was decided.
   * @returns whether anything changed for its owner
   * @throws SanctionUnavailable
   */
  async impose(tx: Tx, actor: Actor, sanction: Sanction, target: ModerationTarget, reason: string): Promise<boolean> {
    const kind = this.kindOf(target.type);
    if (sanction === 'hide_case' || sanction === 'hide_content') return kind.hide(tx, actor, target.id, reason);
    if (sanction === 'warn_user') return this.warn(tx, actor, target.ownerId, reason);
    if (!kind.lock) throw new SanctionUnavailable();
    return kind.lock(tx, actor, target.id, reason);
  }

  /** Takes back what a decision did, as far as the owning context lets it: a closed case stays closed. */
  async lift(tx: Tx, actor: Actor, sanction: Sanction, target: { type: TargetType; id: string; ownerId: string }, reason: string | null): Promise<void> {
    const kind = this.kindOf(target.type);
    if (sanction === 'hide_case' || sanction === 'hide_content') await kind.restore(tx, actor, target.id, reason);
    else if (sanction === 'lock_thread') await kind.unlock?.(tx, actor, target.id, reason);
    else await unlessGone(this.users.withdrawWarning(tx, actor, target.ownerId, reason));
  }

  private async warn(tx: Tx, actor: Actor, userId: string, reason: string): Promise<boolean> {
    if (!(await unlessGone(this.users.warn(tx, actor, userId, reason)))) throw new SanctionUnavailable();
    return true;
  }

  private kindOf(type: TargetType): TargetKind {
    const kind = this.kinds.get(type);
    if (!kind) throw new SanctionUnavailable();
    return kind;
  }
}

/** Whether the person was still there. */
async function unlessGone(act: Promise<void>): Promise<boolean> {
  try {
    await act;
    return true;
  } catch (error) {
    if (error instanceof UserNotFound) return false;
    throw error;
  }
}
