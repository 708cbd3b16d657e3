import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { decodeCursor, toPage } from '../../../platform/http/keyset.js';
import type { Clinic } from './clinic.entity.js';
import type { AdminClinicView, ClinicPage, ClinicQuery, ClinicView } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';

const COLUMNS = `id, name, city, address, phone, is24h, specializations, verified, featured, owner_id IS NOT NULL AS "isClaimed", image, rating,
  review_count AS "reviewCount", CASE WHEN location_lat IS NOT NULL THEN json_build_object('lat', location_lat, 'lng', location_lng) END AS coordinates,
  created_at AS "createdAt", updated_at AS "updatedAt", version`;

/** Reads of the clinic directory. */
@Injectable()
export class ClinicsQueries {
  constructor(private readonly database: Database) {}

  /** @throws ClinicNotFound */
  async get(id: string): Promise<ClinicView> {
    const clinic = await this.database.row<ClinicView>(`SELECT ${COLUMNS} FROM directory.clinics WHERE id = $1`, [id]);
    if (!clinic) throw new ClinicNotFound();
    return clinic;
  }

  async list(query: ClinicQuery): Promise<ClinicPage> {
    const after = decodeCursor(query.cursor, ['boolean', 'text', 'uuid']);
    const rows = await this.database.rows<ClinicView>(
      `SELECT ${COLUMNS} FROM directory.clinics
        WHERE ($1::text IS NULL OR city_key = $1)
          AND ($2::boolean IS NULL OR is24h = $2)
          AND ($3::text IS NULL OR name ILIKE $3 OR city ILIKE $3 OR address ILIKE $3)
          AND ($4::boolean IS NULL OR (NOT featured, name, id) > (NOT $4, $5::text, $6::uuid))
        ORDER BY NOT featured, name, id
        LIMIT $7`,
      [
        query.city ? cityKey(query.city) : null,
        query.is24h ?? null,
        query.q ? `%${query.q.replace(/[\\%_]/g, '\\$&')}%` : null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        after?.[2] ?? null,
        query.limit + 1,
      ],
    );
    return toPage(rows, query.limit, (clinic) => [clinic.featured, clinic.name, clinic.id], (clinic) => clinic);
  }
}

/** A clinic as staff see it after a change. */
export function adminClinicView({ ownerId, claimedAt, locationLat, locationLng, ...clinic }: Clinic): AdminClinicView {
  const { distance: _distance, cityKey: _cityKey, ...shown } = clinic;
  return {
    ...shown,
    isClaimed: ownerId !== null,
    coordinates: locationLat === null || locationLng === null ? null : { lat: locationLat, lng: locationLng },
    ownerId,
    claimedAt,
  };
}
