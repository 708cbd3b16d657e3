import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { listingPage, type ListingTable } from '../listings/index.js';
import type { PetServiceType } from './pet-service.entity.js';
import type { ClaimablePetServiceQuery, ClaimablePetServices, ListedPetService, PetServicePage, PetServiceQuery, PetServiceView } from './pet-services.dto.js';
import { PetServiceNotFound } from './pet-services.errors.js';

const COLUMNS = `l.id, l.name, l.type, l.city, l.address,
  CASE WHEN l.coordinates_lat IS NOT NULL THEN json_build_object('lat', l.coordinates_lat, 'lng', l.coordinates_lng) END AS coordinates,
  l.phone, l.email, l.website, l.description, l.services, l.specializations, l.is24h, l.hours, l.verified, l.owner_id IS NOT NULL AS "isClaimed", l.logo,
  l.photos, ARRAY(SELECT '/v1/files/' || photo FROM unnest(l.photos) WITH ORDINALITY AS p(photo, place) ORDER BY place) AS "photoUrls",
  l.rating, l.review_count AS "reviewCount", l.created_at AS "createdAt", l.updated_at AS "updatedAt", l.version`;

const PET_SERVICES: ListingTable = { table: 'directory.pet_services', columns: COLUMNS, lat: 'coordinates_lat', lng: 'coordinates_lng', last: 'false' };

/** Behaviour 2.14. */
const CLAIMABLE_LIMIT = 15;

/** Reads of the directory of pet services. */
@Injectable()
export class PetServicesQueries {
  constructor(private readonly database: Database) {}

  /** @throws PetServiceNotFound */
  async get(id: string): Promise<PetServiceView> {
    const service = await this.database.row<PetServiceView>(`SELECT ${COLUMNS} FROM directory.pet_services l WHERE l.id = $1`, [id]);
    if (!service) throw new PetServiceNotFound();
    return service;
  }

  /** By name; a search puts the best matches first, a place the nearest. */
  list({ type, ...query }: PetServiceQuery): Promise<PetServicePage> {
    return listingPage<ListedPetService>(this.database, PET_SERVICES, query, [['l.type = ?', type]]);
  }

  /** The best matches among all pet services, run by somebody or not. */
  async claimable({ q, type }: ClaimablePetServiceQuery): Promise<ClaimablePetServices> {
    const { items } = await listingPage<ListedPetService>(this.database, PET_SERVICES, { q, limit: CLAIMABLE_LIMIT }, [['l.type = ?', type]]);
    return { items };
  }

  /** How many of the listed pet services a person registered. */
  async registeredBy(tx: Tx, userId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`SELECT count(*)::integer AS count FROM directory.pet_services WHERE registered_by_id = $1`, [userId]);
    return row!.count;
  }

  /** Which of these businesses are listed already: by name, city and type, however they are written. */
  async alreadyListed(tx: Tx, businesses: readonly { name: string; city: string; type: PetServiceType }[], except: string | null = null): Promise<Map<number, string>> {
    const rows = await tx.query<{ place: number; id: string }>(
      `SELECT n.place::integer - 1 AS place, l.id
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n(name, city_key, type, place)
         JOIN directory.pet_services l ON directory.fold(l.name) = directory.fold(n.name) AND l.city_key = n.city_key AND l.type = n.type
        WHERE l.id IS DISTINCT FROM $4::uuid`,
      [businesses.map(({ name }) => name), businesses.map(({ city }) => cityKey(city)), businesses.map(({ type }) => type), except],
    );
    return new Map(rows.map(({ place, id }) => [place, id]));
  }
}
