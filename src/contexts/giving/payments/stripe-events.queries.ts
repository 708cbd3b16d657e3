import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** A stored event, as the page of its donation lists it. */
export interface DonationEventRow {
  id: string;
  eventId: string;
  type: string;
  outcome: string | null;
  created: Date;
  processedAt: Date | null;
}

/** Reads of stored events. */
@Injectable()
export class StripeEventsQueries {
  constructor(private readonly database: Database) {}

  /** What the provider told of a donation, oldest first. */
  ofDonation(donationId: string): Promise<DonationEventRow[]> {
    return this.database.rows<DonationEventRow>(
      `SELECT id, event_id AS "eventId", type, outcome, created, processed_at AS "processedAt" FROM giving.stripe_events WHERE donation_id = $1 ORDER BY created, received_at, id`,
      [donationId],
    );
  }
}
