import { SetMetadata } from '@nestjs/common';

export interface ScheduleMetadata {
  /** Unique, starting with the context whose queue it runs on: `giving.expire-pending-donations`. */
  name: string;
  /** Cron expression in UTC, with or without seconds. Give this or `everyMs`. */
  cron?: string;
  everyMs?: number;
}

export const SCHEDULE_METADATA = 'pawtreon:schedule';

/** Runs a method of a `*.worker.ts` on a schedule, once per installation however many workers there are. */
export const Scheduled = (schedule: ScheduleMetadata): MethodDecorator => SetMetadata(SCHEDULE_METADATA, schedule);
