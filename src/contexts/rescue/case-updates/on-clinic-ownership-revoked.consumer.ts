import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { clinicOwnershipRevoked } from '../../directory/clinics/index.js';
import { CaseUpdatesService } from './case-updates.service.js';

/** What an owner attested for a clinic shows that the clinic was taken from them. */
@Injectable()
@Consumes(clinicOwnershipRevoked, 'rescue.revoke-attestations')
export class RevokeAttestations implements EventConsumer<PayloadOf<typeof clinicOwnershipRevoked>> {
  constructor(private readonly updates: CaseUpdatesService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof clinicOwnershipRevoked>>, tx: Tx): Promise<void> {
    await this.updates.revokeAttestations(tx, payload.clinicId, payload.ownerId, new Date(payload.revokedAt));
  }
}
