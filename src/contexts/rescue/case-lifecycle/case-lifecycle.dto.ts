import { IsIn, IsOptional } from 'class-validator';
import { PlainText } from '../../../platform/http/plain-text.js';
import { LIFECYCLE_STAGES, type LifecycleStage } from '../cases/index.js';

/** Where a case goes next. */
export class LifecycleBody {
  /** `seeking_adoption` after treatment; the closed stages are final. */
  @IsIn(LIFECYCLE_STAGES)
  stage: LifecycleStage;

  /** Up to 2000 characters, shown with the milestone. @example "He lives with a family in Plovdiv now." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  notes?: string;
}
