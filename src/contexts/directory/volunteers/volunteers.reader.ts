import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import type { Page, PageQuery } from '../../../platform/http/keyset.js';
import type { VolunteerView } from './volunteers.dto.js';
import { type TransportNeed, VolunteersQueries } from './volunteers.queries.js';

/** Questions that other modules may ask. */
@Injectable()
export class VolunteersReader {
  constructor(private readonly queries: VolunteersQueries) {}

  /** Who could drive an animal, most animals helped first. */
  transportPage(need: TransportNeed, query: PageQuery): Promise<Page<VolunteerView>> {
    return this.queries.transportPage(need, query);
  }

  /** All who could drive an animal, with their people. */
  transportMatches(tx: Tx, need: TransportNeed): Promise<{ id: string; userId: string }[]> {
    return this.queries.transportMatches(tx, need);
  }
}
