import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import { type ReviewClocks, reviewClocksSql } from '../../trust/review-queue/index.js';
import { type ClaimKind, type ClaimKindName } from './claim-kinds.js';
import type { AdminClaimView, ClaimFacts, ClaimsQuery, OwnClaimView } from './claims.dto.js';
import { ClaimNotFound } from './claims.errors.js';
import { appealUntil } from './claims.policy.js';

/** Where the claims of a kind and what they are about are found. */
const TABLES: Record<ClaimKindName, { claims: string; listings: string; listingId: string }> = {
  clinic: { claims: 'directory.clinic_claims', listings: 'directory.clinics', listingId: 'clinic_id' },
  pet_service: { claims: 'directory.pet_service_claims', listings: 'directory.pet_services', listingId: 'pet_service_id' },
};

type Facts = Omit<ClaimFacts, 'slaFirstResponseDueAt' | 'slaResolutionDueAt'>;
type OwnRow = Facts & Pick<OwnClaimView, 'listing'> & Pick<ReviewClocks, 'firstResponseDueAt' | 'resolutionDueAt'> & { appealed: boolean };
type AdminRow = Facts & Pick<AdminClaimView, 'listing' | 'claimant' | 'reviewer'> & ReviewClocks;

const facts = (kind: ClaimKindName): string => `
  c.id, '${kind}' AS kind, c.status, c.claimer_role AS "claimerRole", c.claimer_email AS "claimerEmail", c.claimer_phone AS "claimerPhone",
  c.additional_info AS "additionalInfo", c.decide_after IS NOT NULL AS contested, c.decide_after AS "decideAfter", c.appeal_of_claim_id AS "appealOfClaimId",
  c.questions, c.rejection_reason AS "rejectionReason", c.reviewed_at AS "reviewedAt", c.created_at AS "createdAt"`;

const sources = (kind: ClaimKindName): string => `
  ${TABLES[kind].claims} c
  JOIN ${TABLES[kind].listings} l ON l.id = c.${TABLES[kind].listingId}
  JOIN trust.review_clocks i ON i.kind = '${kind}_claim' AND i.source_id = c.id`;

const own = (kind: ClaimKindName): string => `
  SELECT ${facts(kind)}, json_build_object('id', l.id, 'name', l.name, 'city', l.city) AS listing,
         i.first_response_due_at AS "firstResponseDueAt", i.resolution_due_at AS "resolutionDueAt",
         EXISTS (SELECT FROM ${TABLES[kind].claims} a WHERE a.appeal_of_claim_id = c.id) AS appealed
    FROM ${sources(kind)} WHERE c.user_id = $1`;

const person = (alias: string): string => `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('id', ${alias}.id, 'name', ${alias}.name) END`;

/** `$1` is the present time. */
const admin = (kind: ClaimKindName): string => `
  SELECT ${facts(kind)}, ${reviewClocksSql('$1')}, ${person('r')} AS reviewer,
         json_build_object('id', l.id, 'name', l.name, 'city', l.city, 'address', l.address, 'phone', l.phone, 'verified', l.verified, 'is24h', l.is24h, 'owner', ${person('o')}) AS listing,
         json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'role', u.role) AS claimant
    FROM ${sources(kind)}
    JOIN identity.staff_users u ON u.id = c.user_id
    LEFT JOIN identity.public_users o ON o.id = l.owner_id
    LEFT JOIN identity.public_users r ON r.id = c.reviewed_by`;

const OWN = `${own('clinic')} UNION ALL ${own('pet_service')}`;
const ADMIN = { clinic: admin('clinic'), pet_service: admin('pet_service') };

/** Reads of claims. Contact data of claimants is here for themselves and for staff alone. */
@Injectable()
export class ClaimsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What a person claimed, newest first. */
  async claimsOf(userId: string, query: PageQuery): Promise<Page<OwnClaimView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<OwnRow>(
      `SELECT * FROM (${OWN}) claim WHERE $2::timestamptz IS NULL OR ("createdAt", id) < ($2, $3::uuid) ORDER BY "createdAt" DESC, id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], ownView);
  }

  /**
   * One claim of a person's own.
   * @throws ClaimNotFound
   */
  async claimOf(userId: string, id: string): Promise<OwnClaimView> {
    return ownView(found(await this.database.row<OwnRow>(`SELECT * FROM (${OWN}) claim WHERE id = $2`, [userId, id])));
  }

  /** Whether an account is still there, for a transaction that has written something of it and so keeps it from being erased. */
  async isThere(tx: Tx, userId: string): Promise<boolean> {
    return (await tx.query(`SELECT 1 FROM identity.public_users WHERE id = $1 AND NOT erased`, [userId])).length > 0;
  }

  /** Claims of a kind for staff, newest first. */
  async claims(kind: ClaimKind, query: ClaimsQuery): Promise<Page<AdminClaimView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<AdminRow>(
      `${ADMIN[kind.name]} WHERE c.status = $2 AND ($3::timestamptz IS NULL OR (c.created_at, c.id) < ($3, $4::uuid)) ORDER BY c.created_at DESC, c.id DESC LIMIT $5`,
      [this.clock.now(), query.status, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], withClocks);
  }

  /**
   * One claim for staff.
   * @throws ClaimNotFound
   */
  async claim(kind: ClaimKind, id: string): Promise<AdminClaimView> {
    return withClocks(found(await this.database.row<AdminRow>(`${ADMIN[kind.name]} WHERE c.id = $2`, [this.clock.now(), id])));
  }
}

/** The two promises under the names that claims have for them. */
function withClocks<R extends Pick<ReviewClocks, 'firstResponseDueAt' | 'resolutionDueAt'>>({ firstResponseDueAt, resolutionDueAt, ...row }: R): Omit<R, 'firstResponseDueAt' | 'resolutionDueAt'> & Pick<ClaimFacts, 'slaFirstResponseDueAt' | 'slaResolutionDueAt'> {
  return { ...row, slaFirstResponseDueAt: firstResponseDueAt, slaResolutionDueAt: resolutionDueAt };
}

function ownView({ appealed, ...row }: OwnRow): OwnClaimView {
  return { ...withClocks(row), appealUntil: appealed ? null : appealUntil(row) };
}

function found<T>(row: T | null): T {
  if (!row) throw new ClaimNotFound();
  return row;
}
