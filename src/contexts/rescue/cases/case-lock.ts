import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { Case } from './case.entity.js';
import { CaseNotFound } from './cases.errors.js';
import { type AuthorRole, maySee, relationTo } from './cases.policy.js';

/** A clinic as cases need to know it. */
export interface LinkedClinic {
  id: string;
  name: string;
  /** Whether staff have checked the clinic. */
  verified: boolean;
  ownerId: string | null;
}

/** A locked case and the relation in which its manager acts. */
export interface ManagedCase {
  row: Case;
  role: AuthorRole;
  clinic: LinkedClinic | null;
}

/** Locks cases for a change and asks who may make it. */
@Injectable()
export class CaseLock {
  /**
   * Not `FOR UPDATE`: rows that reference the case hold its key shared, and two transactions that each
   * insert one and then lock would wait for each other.
   * @throws CaseNotFound
   */
  async any(tx: Tx, id: string): Promise<Case> {
    const row = await tx.manager.findOne(Case, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!row) throw new CaseNotFound();
    return row;
  }

  /** @throws CaseNotFound also when it is hidden from `actor` */
  async visible(tx: Tx, actor: Actor, id: string): Promise<Case> {
    const row = await this.any(tx, id);
    if (!maySee(row, actor)) throw new CaseNotFound();
    return row;
  }

  /** @throws CaseNotFound also when it is hidden from `actor`; Forbidden for everybody but the owner */
  async owned(tx: Tx, actor: Actor, id: string): Promise<Case> {
    const row = await this.visible(tx, actor, id);
    if (relationTo({ ...row, clinicOwnerId: null }, actor) !== 'owner') throw new Forbidden('Only the owner of this case may do this');
    return row;
  }

  /** @throws CaseNotFound also when it is hidden from `actor`; Forbidden for everybody who may not manage it */
  async managed(tx: Tx, actor: Actor, id: string): Promise<ManagedCase> {
    const row = await this.visible(tx, actor, id);
    const clinic = row.clinicId === null ? null : await this.clinic(tx, row.clinicId);
    const role = relationTo({ userId: row.userId, hiddenAt: row.hiddenAt, clinicOwnerId: clinic?.ownerId ?? null }, actor);
    if (!role) throw new Forbidden('Only the owner of this case, the owner of its clinic or an admin may do this');
    return { row, role, clinic };
  }

  /** The clinic, or null when there is none with this id. Held shared, so that it changes hands before or after what is done in its name. */
  async clinic(tx: Tx, id: string): Promise<LinkedClinic | null> {
    return (await tx.query<LinkedClinic>(`SELECT id, name, verified, owner_id AS "ownerId" FROM directory.public_clinics WHERE id = $1 FOR SHARE`, [id]))[0] ?? null;
  }
}
