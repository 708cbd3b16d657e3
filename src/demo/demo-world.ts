import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '../platform/clock.js';
import { type Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { Database } from '../platform/database/database.js';
import { Queues } from '../platform/queue/queues.js';
import { DemoClient } from './demo-client.js';
import type { DemoPlan } from './plan/index.js';
import { Studio } from './studio.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/**
 * Pretended seconds in each real one, so that what happens in one go does not bear one timestamp. Not more, since
 * leases and pauses of running deliveries shrink with it.
 */
const PACE = 40;
const SETTLE_TIMEOUT_MS = 60_000;
const POLL_MS = 40;

/** The demo while it comes to be: who acts, when, and what there is already. */
export class DemoWorld {
  readonly client: DemoClient;
  readonly studio: Studio;
  readonly database: Database;
  readonly config: Config;
  /** Ids by {@link DemoClinic.key}. */
  readonly clinics = new Map<string, string>();
  /** Ids by title. */
  readonly cases = new Map<string, string>();
  /** Ids by title. */
  readonly campaigns = new Map<string, string>();

  private readonly clock: Clock;
  private readonly queues: Queues;

  /**
   * @param began when the first attempt began: the end of the told weeks
   * @param resumes whether an earlier attempt may have left something
   */
  constructor(
    app: NestFastifyApplication,
    readonly plan: DemoPlan,
    private readonly began: Date,
    readonly resumes: boolean,
  ) {
    this.client = new DemoClient(app);
    this.studio = new Studio(plan);
    this.database = app.get(Database);
    this.config = app.get<Config>(CONFIG);
    this.clock = app.get(Clock);
    this.queues = app.get(Queues);
  }

  /** A time of a day before the seed: by day, and another one each day. */
  momentOf(daysAgo: number): Date {
    const midnight = Math.floor(this.began.getTime() / DAY_MS) * DAY_MS;
    const hour = 6 + ((daysAgo * 7) % 11) + ((daysAgo * 13) % 60) / 60;
    return new Date(Math.min(midnight - daysAgo * DAY_MS + hour * HOUR_MS, this.began.getTime() - HOUR_MS));
  }

  /** Goes to that day, or to a part of it: 0 to 1. */
  goTo(daysAgo: number, part = 0): void {
    const hours = part * (daysAgo === 0 ? 0.9 : 5);
    this.clock.pretend(new Date(this.momentOf(daysAgo).getTime() + hours * HOUR_MS), PACE);
  }

  /** Does something at the present, and goes back to that day. */
  async atPresent(daysAgo: number, act: () => Promise<void>): Promise<void> {
    this.clock.pretend(null);
    await act();
    this.goTo(daysAgo);
  }

  /** Waits until nothing is under way: no event waits for the relay, no webhook for its effect, no job waits or runs. */
  async settle(): Promise<void> {
    const deadline = Date.now() + SETTLE_TIMEOUT_MS;
    for (let busy = true; busy; ) {
      const waiting = await this.database.row<{ events: boolean }>(`SELECT EXISTS (SELECT 1 FROM platform.outbox_events WHERE published_at IS NULL) AS events`);
      const counts = waiting?.events ? [] : Object.values(await this.queues.counts());
      busy = waiting?.events === true || counts.some((count) => (count['waiting'] ?? 0) + (count['active'] ?? 0) > 0);
      if (Date.now() > deadline) throw new Error('The queues did not come to rest');
      if (busy) await sleep(POLL_MS);
    }
  }

  /** Asks until it holds. */
  async until(condition: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + SETTLE_TIMEOUT_MS;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`It never came that ${what}`);
      await sleep(POLL_MS);
    }
  }
}

/** Id of something made before. */
export function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`There is no ${name} yet`);
  return id;
}

/** Does them all, so many at a time, in order. Nothing new is begun after a failure. */
export async function inParallel<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
      await act(item).catch((error: unknown) => {
        rest.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
