import type { AdminClaimView, OwnClaimView } from '../../src/contexts/directory/claims/claims.dto.js';
import { insertClinic, insertPetService } from './rescue.factory.js';
import type { Answer, TestApp } from './test-app.js';

export type Person = { token: string; id: string };
export type ListingKind = 'clinic' | 'pet_service';
/** A body as JSON has it: times are text. */
export type Own = Json<OwnClaimView>;
export type Shown = Json<AdminClaimView>;
type Json<T> = { [K in keyof T]: T[K] extends Date | null ? string | (null extends T[K] ? null : never) : T[K] };

const PATHS = { clinic: { table: 'directory.clinics', listings: 'clinics', claims: 'clinic-claims' }, pet_service: { table: 'directory.pet_services', listings: 'pet-services', claims: 'pet-service-claims' } };

/** What a claimant tells, which nobody but them and staff may read. */
export const SECRETS = { claimerEmail: 'secret@claimant.example', claimerPhone: '+359 888 777 666', additionalInfo: 'my licence is number 4711' };

/** Claims of one kind of listing, as people and staff make and decide them. */
export class ClaimsDesk {
  private people = 0;
  private listings = 0;

  constructor(
    private readonly app: TestApp,
    readonly kind: ListingKind,
    private readonly admin: Person,
  ) {}

  someone(): Promise<Person> {
    return this.app.signIn(`${this.kind}.person${++this.people}@example.org`);
  }

  /** An unverified listing straight in the database. */
  listing(row: { ownerId?: string; is24h?: boolean } = {}): Promise<string> {
    const name = `Listing ${++this.listings}`;
    return this.kind === 'clinic' ? insertClinic(this.app, { name, verified: false, ...row }) : insertPetService(this.app, { name, ...row });
  }

  async listingRow(id: string): Promise<{ owner_id: string | null; verified: boolean; claimed_at: Date | null }> {
    return (await this.app.sql<{ owner_id: string | null; verified: boolean; claimed_at: Date | null }>(`SELECT owner_id, verified, claimed_at FROM ${PATHS[this.kind].table} WHERE id = $1`, [id]))[0]!;
  }

  claim(person: Person | undefined, listingId: string, body: object = {}): Promise<Answer<Own>> {
    return this.app.post<Own>(`/v1/${PATHS[this.kind].listings}/${listingId}/claims`, { token: person?.token, body: { claimerRole: 'Owner', ...SECRETS, ...body } });
  }

  /** Claims, and answers the claim's id. */
  async claimed(person: Person, listingId: string, body: object = {}): Promise<string> {
    const answer = await this.claim(person, listingId, body);
    if (answer.status !== 201) throw new Error(`claiming answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  }

  list(query = '', person: Person | undefined = this.admin): Promise<Answer<{ items: Shown[]; nextCursor: string | null }>> {
    return this.app.get(`/v1/admin/${PATHS[this.kind].claims}${query}`, { token: person?.token });
  }

  act(name: 'review' | 'pause' | 'reviewing', id: string, body: object, person: Person | null = this.admin): Promise<Answer<Shown>> {
    return this.app.post<Shown>(`/v1/admin/${PATHS[this.kind].claims}/${id}/${name}`, { token: person?.token, body });
  }

  approve(id: string, person: Person | null = this.admin): Promise<Answer<Shown>> {
    return this.act('review', id, { decision: 'approved' }, person);
  }

  reject(id: string, rejectionReason?: string): Promise<Answer<Shown>> {
    return this.act('review', id, { decision: 'rejected', rejectionReason });
  }

  answer(person: Person | undefined, id: string, text = 'Here it is'): Promise<Answer<Own>> {
    return this.app.post<Own>(`/v1/claims/${id}/answers`, { token: person?.token, body: { text } });
  }

  async own(person: Person): Promise<Own[]> {
    return (await this.app.get<{ items: Own[] }>('/v1/me/claims', { token: person.token })).body.items;
  }

  audits(id: string): Promise<{ action: string; actor_kind: string; actor_id: string | null; metadata_json: object }[]> {
    return this.app.sql(`SELECT action, actor_kind, actor_id, metadata_json FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id]);
  }

  /** Payloads of the events of a type about a claim. */
  async events(type: string, claimId: string): Promise<object[]> {
    const rows = await this.app.sql<{ payload: object }>(`SELECT payload FROM platform.outbox_events WHERE type = $1 AND payload->>'claimId' = $2`, [`directory.claim.${type}.v1`, claimId]);
    return rows.map(({ payload }) => payload);
  }
}
