import { Injectable } from '@nestjs/common';

/** The current time. Tests replace it to move time; nothing else reads the wall clock for a rule. */
@Injectable()
export class Clock {
  private pretended: { at: number; since: number; pace: number } | null = null;

  now(): Date {
    if (!this.pretended) return new Date();
    const { at, since, pace } = this.pretended;
    return new Date(Math.min(at + (Date.now() - since) * pace, Date.now()));
  }

  /**
   * Lets this process live at an earlier time, for the demo data, whose weeks must have happened. Nobody else may
   * be served meanwhile: hold the {@link Readiness} first. What is told by the wall clock (signatures, tokens,
   * quotas) does not follow.
   *
   * @param at the time to go on from, never past the real one; null returns to the present
   * @param pace seconds that pass in each real one
   */
  pretend(at: Date | null, pace = 1): void {
    this.pretended = at && { at: at.getTime(), since: Date.now(), pace };
  }
}
