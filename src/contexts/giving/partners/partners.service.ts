import { Injectable } from '@nestjs/common';
import { type Actor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { Partner } from './partner.entity.js';
import { partnerCreated, partnerUpdated } from './partners.audit.js';
import { type CreatePartner, type UpdatePartner, UPLOADED_LOGO } from './partners.dto.js';
import { PartnerNotFound } from './partners.errors.js';

/** What staff do to the partner directory (behaviour 2.11, decision 18). */
@Injectable()
export class PartnersService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
  ) {}

  /** @throws ValidationFailed for a logo that is not the actor's picture */
  create(actor: Actor, input: CreatePartner): Promise<Partner> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const columns = await this.columnsOf(tx, actor, input);
      const id = newId();
      await tx.manager.insert(Partner, { id, ...columns, createdAt: now, updatedAt: now });
      tx.audit(actor, partnerCreated, id, { after: columns });
      return tx.manager.findOneByOrFail(Partner, { id });
    });
  }

  /**
   * Changes a partner, or whether it is one.
   * @param ifMatch version that the client read, beside the one in the body
   * @throws PartnerNotFound, VersionConflict, ValidationFailed
   */
  update(actor: Actor, id: string, { version, reason, ...input }: UpdatePartner, ifMatch?: number): Promise<Partner> {
    return this.database.transaction(async (tx) => {
      const partner = await tx.lock(Partner, { id });
      if (!partner) throw new PartnerNotFound();
      assertVersion(partner.version, version, ifMatch);
      const change = await this.columnsOf(tx, actor, input, partner.logo);
      const fields = (Object.keys(change) as (keyof Partner)[]).filter((field) => change[field] !== partner[field]);
      if (fields.length === 0) return partner;
      const pick = (from: Partial<Partner>): object => Object.fromEntries(fields.map((field) => [field, from[field]]));
      tx.audit(actor, partnerUpdated, id, { before: pick(partner), after: pick(change), ...(reason ? { reason } : {}) });
      return tx.manager.save(Partner, { ...partner, ...change, updatedAt: this.clock.now(), version: partner.version + 1 });
    });
  }

  /** The columns that an input sets; what it leaves out is not there. */
  private async columnsOf(tx: Tx, actor: Actor, input: Partial<CreatePartner>, currentLogo?: string): Promise<Partial<Partner>> {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Partner>;
    const uploaded = UPLOADED_LOGO.exec(given.logo ?? '')?.[1]?.toLowerCase();
    if (!uploaded) return given;
    const logo = `/v1/files/${uploaded}`;
    if (logo !== currentLogo) await this.attach(tx, actor, uploaded);
    return { ...given, logo };
  }

  private async attach(tx: Tx, actor: Actor, fileId: string): Promise<void> {
    try {
      const userId = userIdOf(actor);
      if (userId === null) throw new FileNotFoundError();
      await this.files.attach(tx.manager, [fileId], userId);
    } catch (error) {
      if (error instanceof FileNotFoundError) throw new ValidationFailed({ errors: [{ path: 'logo', message: 'must be a picture that you uploaded' }] });
      throw error;
    }
  }
}
