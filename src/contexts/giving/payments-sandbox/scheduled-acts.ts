import type { SandboxStore, SandboxTransaction, ScheduledAct } from './sandbox-store.js';

const POLL_EVERY_MS = 500;
const RETRY_AFTER_MS = 60_000;

/** What each act does to its object. */
export type ActHandlers = Record<ScheduledAct, (tx: SandboxTransaction, objectId: string) => Promise<unknown>>;

/**
 * Does what is due: each act is taken off the list in the transaction of its effect, so it happens exactly once
 * however many processes look, and whenever one of them is killed.
 */
export class ScheduledActs {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly store: SandboxStore,
    private readonly handlers: ActHandlers,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.run(), POLL_EVERY_MS);
    this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private run(): void {
    this.running ??= this.runDue()
      .catch((error: unknown) => this.onError(error))
      .finally(() => (this.running = undefined));
  }

  private async runDue(): Promise<void> {
    while (!this.stopped && (await this.runNext()));
  }

  /** Answers whether there was something to do. */
  private async runNext(): Promise<boolean> {
    let taken: { object_id: string; act: ScheduledAct } | undefined;
    try {
      return await this.store.transaction(async (tx) => {
        const { rows } = await tx.client.query<{ object_id: string; act: ScheduledAct }>(
          `DELETE FROM sandbox.scheduled_acts WHERE (object_id, act) IN
             (SELECT object_id, act FROM sandbox.scheduled_acts WHERE due_at <= $1 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING object_id, act`,
          [tx.now],
        );
        taken = rows[0];
        if (taken) await this.handlers[taken.act](tx, taken.object_id);
        return taken !== undefined;
      });
    } catch (error) {
      // Put off, so that an act that cannot be done does not stand in the way of the others.
      if (taken) await this.putOff(taken.object_id, taken.act);
      throw error;
    }
  }

  private async putOff(objectId: string, act: ScheduledAct): Promise<void> {
    await this.store.pool.query('UPDATE sandbox.scheduled_acts SET due_at = $3 WHERE object_id = $1 AND act = $2', [
      objectId,
      act,
      new Date(this.store.now().getTime() + RETRY_AFTER_MS),
    ]);
  }
}
