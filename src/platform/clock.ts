import { Injectable } from '@nestjs/common';

/** The current time. Tests replace it to move time; nothing else reads the wall clock for a rule. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
