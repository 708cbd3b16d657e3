import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import type { StoredFile } from '../../../platform/files/file.entity.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { type AuthorRole, caseChannel, CasesFacade, type CaseUpdateView, type LinkedClinic } from '../cases/index.js';
import { caseUpdateAddedAction, caseUpdateRetracted } from './case-updates.audit.js';
import type { AddUpdateBody } from './case-updates.dto.js';
import { CaseUpdateNotFound } from './case-updates.errors.js';
import { caseUpdateAdded } from './case-updates.events.js';
import { CaseUpdatesQueries } from './case-updates.queries.js';
import { CaseUpdateAttestation } from './case-update-attestation.entity.js';
import { CaseUpdate } from './case-update.entity.js';

/** What an entry says; the rest is the server's. */
type Entry = Pick<CaseUpdate, 'caseId' | 'authorId' | 'authorRole' | 'type' | 'text'> & Partial<Pick<CaseUpdate, 'images' | 'evidenceType' | 'clinicId' | 'clinicName'>> & {
  /** Whose word stands for it. */
  attestation?: Pick<CaseUpdateAttestation, 'clinicId' | 'clinicName' | 'ownerId' | 'files'>;
};

/** Adds to the evidence trail of cases and takes entries back. */
@Injectable()
export class CaseUpdatesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cases: CasesFacade,
    private readonly files: FilesService,
    private readonly queries: CaseUpdatesQueries,
  ) {}

  /**
   * Adds an entry by a manager of the case (behaviour 2.4), closed cases included: outcomes are told later.
   * @throws CaseNotFound, Forbidden, ValidationFailed for pictures that are not the author's
   */
  addUpdate(actor: UserActor, caseId: string, body: AddUpdateBody): Promise<CaseUpdateView> {
    return this.database.transaction(async (tx) => {
      const { role, clinic } = await this.cases.lockManaged(tx, actor, caseId);
      const files = await this.attach(tx, actor.userId, body.images ?? []);
      const named = await this.namedClinic(tx, actor, role, clinic, body.clinicId);
      const view = await this.append(tx, {
        caseId,
        authorId: actor.userId,
        authorRole: role,
        type: body.type ?? 'update',
        text: body.text,
        images: body.images ?? [],
        evidenceType: body.evidenceType ?? null,
        clinicId: named?.id ?? null,
        clinicName: named?.name ?? null,
        ...(clinic?.verified && clinic.ownerId === actor.userId
          ? { attestation: { clinicId: clinic.id, clinicName: clinic.name, ownerId: actor.userId, files: files.map(({ id, sha256 }) => ({ fileId: id, sha256 })) } }
          : {}),
      });
      tx.audit(actor, caseUpdateAddedAction, caseId, { updateId: view.id, type: view.type, authorRole: role, evidenceType: view.evidenceType, ...(view.attestation ? { attested: view.attestation } : {}) });
      return view;
    });
  }

  /** Writes an entry, counts it, and tells whoever watches the case. The case must be locked. */
  async append(tx: Tx, { attestation, ...entry }: Entry): Promise<CaseUpdateView> {
    const id = newId();
    const now = this.clock.now();
    await tx.manager.insert(CaseUpdate, { ...entry, id, date: now });
    if (attestation) await tx.manager.insert(CaseUpdateAttestation, { ...attestation, updateId: id, attestedAt: now });
    await this.cases.countUpdate(tx, entry.caseId);
    const view = await this.queries.view(tx, id);
    tx.publish(caseUpdateAdded({ caseId: entry.caseId, updateId: id, authorId: entry.authorId, type: entry.type }));
    tx.signal(caseChannel(entry.caseId), 'case.update', view);
    return view;
  }

  /**
   * Takes an entry back: its place stays, its content is not shown any more. Repeating it changes nothing.
   * @throws CaseUpdateNotFound
   */
  retract(actor: Actor, id: string, reason: string): Promise<CaseUpdateView> {
    return this.database.transaction(async (tx) => {
      const row = await tx.lock(CaseUpdate, { id });
      if (!row) throw new CaseUpdateNotFound();
      if (row.retractedAt) return this.queries.view(tx, id);
      await tx.manager.update(CaseUpdate, id, { retractedAt: this.clock.now() });
      const view = await this.queries.view(tx, id);
      tx.audit(actor, caseUpdateRetracted, row.caseId, { updateId: id, reason });
      tx.signal(caseChannel(row.caseId), 'case.update', view);
      return view;
    });
  }

  /** Shows on everything that an owner attested for a clinic that it was taken from them. */
  async revokeAttestations(tx: Tx, clinicId: string, ownerId: string, revokedAt: Date): Promise<void> {
    const views = await this.queries.revokeAttestations(tx, clinicId, ownerId, revokedAt);
    for (const view of views) tx.signal(caseChannel(view.caseId), 'case.update', view);
  }

  /** A clinic speaks as itself; others may only name the case's clinic or, as its owner or an admin, another one. */
  private async namedClinic(tx: Tx, actor: Actor, role: AuthorRole, linked: LinkedClinic | null, wanted: string | undefined): Promise<LinkedClinic | null> {
    if (role === 'clinic') return linked;
    if (!wanted || wanted === linked?.id) return wanted ? linked : null;
    const clinic = await this.cases.findClinic(tx, wanted);
    return clinic && (isAdmin(actor) || clinic.ownerId === userIdOf(actor)) ? clinic : null;
  }

  private async attach(tx: Tx, userId: string, images: string[]): Promise<StoredFile[]> {
    try {
      return await this.files.attach(tx.manager, images, userId);
    } catch (error) {
      if (error instanceof FileNotFoundError) throw new ValidationFailed({ errors: [{ path: 'images', message: 'must be pictures that you uploaded' }] });
      throw error;
    }
  }
}
