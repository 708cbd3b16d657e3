import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { listingPage, type ListingQuery, type ListingTable, phoneKey } from '../listings/index.js';
import type { Clinic } from './clinic.entity.js';
import type { AdminClinicView, ClaimableClinics, ClinicPage, ClinicView, ListedClinic } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';

const COLUMNS = `l.id, l.name, l.city, l.address, l.phone, l.is24h, l.specializations, l.verified, l.featured, l.owner_id IS NOT NULL AS "isClaimed", l.image, l.rating,
  l.review_count AS "reviewCount", CASE WHEN l.location_lat IS NOT NULL THEN json_build_object('lat', l.location_lat, 'lng', l.location_lng) END AS coordinates,
  l.created_at AS "createdAt", l.updated_at AS "updatedAt", l.version`;

const CLINICS: ListingTable = { table: 'directory.clinics', columns: COLUMNS, lat: 'location_lat', lng: 'location_lng', last: 'NOT l.featured' };

/** Behaviour 2.12. */
const CLAIMABLE_LIMIT = 15;

/** Reads of the clinic directory. */
@Injectable()
export class ClinicsQueries {
  constructor(private readonly database: Database) {}

  /** @throws ClinicNotFound */
  async get(id: string): Promise<ClinicView> {
    const clinic = await this.database.row<ClinicView>(`SELECT ${COLUMNS} FROM directory.clinics l WHERE l.id = $1`, [id]);
    if (!clinic) throw new ClinicNotFound();
    return clinic;
  }

  /** Featured ones first, then by name; a search puts the best matches first, a place the nearest. */
  list(query: ListingQuery): Promise<ClinicPage> {
    return listingPage<ListedClinic>(this.database, CLINICS, query);
  }

  /** The best matches among all clinics, run by somebody or not. */
  async claimable(q: string): Promise<ClaimableClinics> {
    const { items } = await listingPage<ListedClinic>(this.database, CLINICS, { q, limit: CLAIMABLE_LIMIT });
    return { items };
  }

  /** Which of these businesses are listed already: by name, city and phone, however they are written. */
  async alreadyListed(tx: Tx, businesses: readonly { name: string; city: string; phone: string }[]): Promise<Map<number, string>> {
    const rows = await tx.query<{ place: number; id: string }>(
      `SELECT n.place::integer - 1 AS place, min(l.id::text) AS id
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n(name, city_key, phone, place)
         JOIN directory.clinics l ON directory.fold(l.name) = directory.fold(n.name) AND l.city_key = n.city_key
          AND right(regexp_replace(l.phone, '\\D', '', 'g'), 8) = n.phone
        GROUP BY n.place`,
      [businesses.map(({ name }) => name), businesses.map(({ city }) => cityKey(city)), businesses.map(({ phone }) => phoneKey(phone))],
    );
    return new Map(rows.map(({ place, id }) => [place, id]));
  }
}

/** A clinic as anybody sees it after a change. */
export function clinicView({ ownerId, claimedAt: _claimedAt, locationLat, locationLng, distance: _distance, cityKey: _cityKey, ...shown }: Clinic): ClinicView {
  return {
    ...shown,
    isClaimed: ownerId !== null,
    coordinates: locationLat === null || locationLng === null ? null : { lat: locationLat, lng: locationLng },
  };
}

/** A clinic as staff see it after a change. */
export const adminClinicView = (clinic: Clinic): AdminClinicView => ({ ...clinicView(clinic), ownerId: clinic.ownerId, claimedAt: clinic.claimedAt });
