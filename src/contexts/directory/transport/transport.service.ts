import { Inject, Injectable } from '@nestjs/common';
import { type Actor, isAdmin, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { PageQuery } from '../../../platform/http/keyset.js';
import { Forbidden, RateLimited } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { CaseClosed, CasesFacade, CasesReader } from '../../rescue/cases/index.js';
import { type VolunteerPage, VolunteersReader } from '../volunteers/index.js';
import { transportRequestedAction } from './transport.audit.js';
import type { TransportRequestView } from './transport.dto.js';
import { transportRequested } from './transport.events.js';
import { TransportRequest } from './transport-request.entity.js';

/** Finds drivers for an animal and asks them (behaviour 2.20). */
@Injectable()
export class TransportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cases: CasesFacade,
    private readonly reader: CasesReader,
    private readonly volunteers: VolunteersReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Asks the drivers of the case's city who are free. The case is locked, so that of two requests at once one waits
   * and then meets the pause.
   * @throws CaseNotFound, Forbidden, CaseClosed; RateLimited within the pause after the last request
   */
  request(actor: UserActor, caseId: string): Promise<TransportRequestView> {
    return this.database.transaction(async (tx) => {
      const row = await this.cases.lockVisible(tx, actor, caseId);
      if (row.userId !== actor.userId && !isAdmin(actor)) throw new Forbidden('Only the owner of this case or an admin may do this');
      if (row.closed) throw new CaseClosed('This case is closed; nobody has to be driven any more');
      await this.assertPause(tx, caseId);
      const matches = await this.volunteers.transportMatches(tx, { cityKey: row.cityKey, except: [row.userId, actor.userId] });
      await tx.manager.insert(TransportRequest, { id: newId(), caseId, notifiedCount: matches.length, createdAt: this.clock.now() });
      tx.audit(actor, transportRequestedAction, caseId, { notifiedCount: matches.length });
      tx.publish(transportRequested({ caseId, userIds: matches.map(({ userId }) => userId), city: row.locationCity }));
      return { notifiedCount: matches.length, volunteerIds: matches.map(({ id }) => id) };
    });
  }

  /**
   * Who would be asked.
   * @throws CaseNotFound
   */
  async matches(caseId: string, viewer: Actor | null, query: PageQuery): Promise<VolunteerPage> {
    const { userId, cityKey } = await this.reader.placeOf(caseId, viewer);
    return this.volunteers.transportPage({ cityKey, except: [userId] }, query);
  }

  private async assertPause(tx: Tx, caseId: string): Promise<void> {
    const last = await tx.manager.findOne(TransportRequest, { where: { caseId }, order: { createdAt: 'DESC' } });
    const pause = this.config.transportCooldownMinutes * 60_000;
    const wait = (last?.createdAt.getTime() ?? 0) + pause - this.clock.now().getTime();
    if (wait <= 0) return;
    throw new RateLimited({ detail: `One request per case in ${this.config.transportCooldownMinutes} min; try again later`, retryAfterSeconds: wait / 1_000, extra: { scope: 'transport.request' } });
  }
}
