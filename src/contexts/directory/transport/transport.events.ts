import { defineEvent } from '../../../platform/outbox/event.js';

/** Volunteers are asked to drive an animal: the drivers of its city who are free. */
export const transportRequested = defineEvent<{
  caseId: string;
  /** People to be told; perhaps none. */
  userIds: string[];
  /** City of the case as it was entered. */
  city: string;
}>('directory.transport.requested.v1');
