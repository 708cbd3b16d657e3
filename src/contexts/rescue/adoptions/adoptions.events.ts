import { defineEvent } from '../../../platform/outbox/event.js';

/** Somebody would take an animal in; the lister is to be told, without a way to reach them. */
export const adoptionInterestExpressed = defineEvent<{ adoptionId: string; listerId: string; interestedId: string }>('rescue.adoption.interest_expressed.v1');

/** An animal has found its home. */
export const adoptionAdopted = defineEvent<{ adoptionId: string; listerId: string }>('rescue.adoption.adopted.v1');
