import { Readable } from 'node:stream';
import sharp from 'sharp';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { defineResource } from '../../src/platform/backoffice/index.js';
import { StoredFile } from '../../src/platform/files/file.entity.js';
import type { FilesService } from '../../src/platform/files/files.service.js';

/** A table that others refer to. */
@Entity({ schema: 'public', name: 'shelters' })
export class Shelter {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
}

/** A table with a column of every type that the back office has to show. */
@Entity({ schema: 'public', name: 'specimens' })
export class Specimen {
  @PrimaryColumn('uuid') id: string;
  @Column('text') title: string;
  @Column('text') stage: string;
  @Column('integer') age: number;
  @Column('bigint', { name: 'amount_minor' }) amountMinor: string;
  @Column('text') currency: string;
  @Column('numeric', { nullable: true }) weight: string | null;
  @Column('double precision', { nullable: true }) ratio: number | null;
  @Column('boolean', { nullable: true }) tame: boolean | null;
  @Column({ type: 'timestamptz', name: 'found_at', precision: 3 }) foundAt: Date;
  @Column('date', { name: 'born_on', nullable: true }) bornOn: string | null;
  @Column('jsonb', { nullable: true }) facts: object | null;
  @Column('json', { nullable: true }) notes: object | null;
  @Column('text', { array: true }) tags: string[];
  @Column('uuid', { name: 'friend_ids', array: true }) friendIds: string[];
  @Column('integer', { array: true }) scores: number[];
  @Column('enum', { enum: ['small', 'large'] }) size: 'small' | 'large';
  @Column('inet', { nullable: true }) address: string | null;
  @Column('uuid', { name: 'shelter_id', nullable: true })
  @ForeignKey(() => Shelter)
  shelterId: string | null;
  @Column('text') secret: string;
  @Column('bigint', { name: 'event_seq', nullable: true })
  @ForeignKey(() => SpecimenEvent)
  eventSeq: string | null;
}

/** A table with a composite primary key. */
@Entity({ schema: 'public', name: 'specimen_votes' })
export class SpecimenVote {
  @PrimaryColumn('uuid', { name: 'specimen_id' })
  @ForeignKey(() => Specimen)
  specimenId: string;
  @PrimaryColumn('text', { name: 'voter' }) voter: string;
  @Column('smallint') points: number;
}

/** A table keyed by a 64-bit integer. */
@Entity({ schema: 'public', name: 'specimen_events' })
export class SpecimenEvent {
  @PrimaryColumn('bigint') seq: string;
  @Column('text') kind: string;
}

export const scratchEntities = [Shelter, Specimen, SpecimenVote, SpecimenEvent];

/** What the renaming and the hiding of specimens did, in the order in which staff did it. */
export const acts: { name: string; recordId: string; actor: string; reason: string | null; values: unknown }[] = [];

export const shelterResource = defineResource({ entity: Shelter, context: 'directory', title: 'name' });
export const specimenResource = defineResource({
  entity: Specimen,
  context: 'rescue',
  title: 'title',
  hidden: ['secret'],
  enums: { stage: ['active', 'funded'] },
  money: { amountMinor: 'currency' },
  references: { friendIds: Specimen },
  listColumns: ['title', 'stage', 'amountMinor', 'tame', 'foundAt', 'facts', 'tags', 'shelterId', 'id'],
  edit: {
    fields: { title: { label: 'Title', type: 'text', required: true }, age: { label: 'Age', type: 'number' } },
    needsReason: true,
    save: async ({ recordId, actor, reason, values }) => {
      if (values['title'] === 'duplicate') throw Object.assign(new Error('duplicate key'), { code: '23505' });
      if (values['title'] === 'crash') throw new Error('the secret inner workings');
      acts.push({ name: 'edit', recordId, actor: actor.role, reason, values });
    },
  },
  sections: [
    {
      name: 'gifts',
      title: 'Gifts',
      roles: ['finance'],
      load: async ({ recordId }) => ({
        kind: 'table',
        columns: ['From', 'Amount', 'When', 'Event'],
        rows: [[`donor of ${recordId}`, { kind: 'money', amount: 123_456, currency: 'JPY' }, { kind: 'time', at: new Date('2026-01-01T12:00:00Z') }, { kind: 'record', entity: 'SpecimenEvent', id: '5', label: 'kind 4' }]],
        empty: 'Nobody gave.',
      }),
    },
    { name: 'friends', title: 'Friends', load: async () => ({ kind: 'table', columns: [], rows: [], empty: 'It has no friends.' }) },
    {
      name: 'pictures',
      title: 'Pictures',
      load: async () => ({
        kind: 'pictures',
        rows: [{ figures: [{ fileId: idOf(1), caption: 'This one' }, { fileId: idOf(2), caption: { kind: 'record', entity: 'SpecimenEvent', id: '5', label: 'kind 4' } }], notes: ['3 bits apart'] }],
        empty: 'No pictures.',
      }),
    },
    { name: 'broken', title: 'Broken', load: () => Promise.reject(new Error('the secret inner workings')) },
  ],
  actions: [
    {
      name: 'hide',
      label: 'Hide',
      needsReason: true,
      danger: true,
      confirm: 'Nobody will see this specimen any more.',
      roles: ['moderator'],
      appliesTo: (record) => record['stage'] !== 'funded',
      handler: async ({ recordId, actor, reason, values }) => {
        acts.push({ name: 'hide', recordId, actor: actor.role, reason, values });
      },
    },
  ],
});
export const voteResource = defineResource({ entity: SpecimenVote, context: 'rescue' });
export const eventResource = defineResource({ entity: SpecimenEvent, context: 'rescue', title: 'kind', roles: ['finance'] });
export const scratchResources = [shelterResource, specimenResource, voteResource, eventResource];

/** An id that sorts by its number, of the shape of version 7. */
export const idOf = (number: number): string => `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** Two stored pictures, the second for its owner and staff only. */
export const scratchFiles: Pick<FilesService, 'find' | 'open'> = {
  find: async (id) => ([idOf(1), idOf(2)].includes(id) ? Object.assign(new StoredFile(), { id, contentType: 'image/webp', visibility: id === idOf(1) ? 'public' : 'signed' }) : null),
  open: async () => {
    const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c96' } }).webp().toBuffer();
    return { stream: Readable.from([bytes]), size: bytes.length };
  },
};

/** A specimen with plausible values in every column. */
export function specimen(number: number, values: Partial<Specimen> = {}): Specimen {
  return Object.assign(new Specimen(), {
    id: idOf(number),
    title: `Specimen ${number}`,
    stage: 'active',
    age: number,
    amountMinor: String(number * 100 + 50),
    currency: 'EUR',
    weight: '4.20',
    ratio: 0.5,
    tame: true,
    foundAt: new Date(Date.UTC(2026, 0, 1, 12, 0, number)),
    bornOn: '2025-05-17',
    facts: { colour: 'black', friends: [1, 2] },
    notes: { seen: true },
    tags: ['cat', 'street'],
    friendIds: [idOf(1)],
    scores: [1, 2, 3],
    size: 'small',
    address: '10.0.0.1',
    shelterId: null,
    secret: 'never shown',
    eventSeq: null,
    ...values,
  });
}
