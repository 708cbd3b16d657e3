import { defineEvent } from '../../../platform/outbox/event.js';
import type { ActivityKind } from './volunteer-activity.entity.js';

/** Staff wrote down what a volunteer did; badges may follow. */
export const volunteerActivityLogged = defineEvent<{ volunteerId: string; userId: string; kind: ActivityKind }>('directory.volunteer.activity_logged.v1');
