import { createScratchDatabase, type ScratchDatabase } from '../../../test/support/scratch-database.js';
import { idOf, scratchEntities, Shelter, Specimen, specimen, SpecimenEvent, SpecimenVote } from '../../../test/support/backoffice-scratch.js';
import { Filter } from '../adminjs.js';
import { COUNT_CAP, EntityResource } from './entity.resource.js';

const NASTY = ["O'Brien", '100%', 'a_b', '\\', '"', ';--', '\0', '', ' ', 'null', 'NaN', '-1', '1e999', '99999999999999999999999', '{}', '[', 'true', '2026-13-45', '+275760-09-13', '🐾', idOf(1), '01890000', 'a'.repeat(5000)];

describe('EntityResource', () => {
  let database: ScratchDatabase;
  let specimens: EntityResource;
  let votes: EntityResource;
  let events: EntityResource;

  beforeAll(async () => {
    database = await createScratchDatabase(scratchEntities);
    await database.dataSource.synchronize();
    const { dataSource } = database;
    await dataSource.getRepository(Shelter).insert({ id: idOf(900), name: 'Sofia shelter' });
    await dataSource.getRepository(Specimen).insert([
      specimen(1, { title: "O'Brien 100% a_b", tags: ['Dog'], size: 'large', shelterId: idOf(900) }),
      specimen(2, { title: 'Обичко', stage: 'funded', tame: null, weight: null, facts: null, tags: [] }),
      specimen(3, { title: 'aXb', amountMinor: '9007199254740993' }),
    ]);
    await dataSource.getRepository(SpecimenVote).insert([
      { specimenId: idOf(1), voter: 'ana, "a/b"', points: 5 },
      { specimenId: idOf(1), voter: 'boyan', points: 1 },
    ]);
    await dataSource.getRepository(SpecimenEvent).insert({ seq: '9223372036854775807', kind: 'found' });
    specimens = new EntityResource({
      id: 'specimens',
      entity: Specimen,
      dataSource,
      title: 'title',
      hidden: ['secret'],
      enums: { stage: ['active', 'funded'] },
    });
    votes = new EntityResource({ id: 'votes', entity: SpecimenVote, dataSource });
    events = new EntityResource({ id: 'events', entity: SpecimenEvent, dataSource });
  });

  afterAll(() => database.drop());

  const found = async (filters: Record<string, unknown>): Promise<number[]> => {
    const filter = new Filter(filters, specimens);
    const records = await specimens.find(filter, { limit: 50, sort: { sortBy: 'age', direction: 'asc' } });
    expect(await specimens.count(filter)).toBe(records.length);
    expect(await specimens.count(new Filter(filters, specimens))).toBe(records.length);
    return records.map((record) => Number(record.params['age']));
  };

  it.each([
    ['text by part, in any case', { title: 'BRIEN' }, [1]],
    ['Cyrillic text in any case', { title: 'обич' }, [2]],
    ['a percent sign as itself', { title: '0%' }, [1]],
    ['an underscore as itself', { title: 'a_b' }, [1]],
    ['a known value exactly', { stage: 'funded' }, [2]],
    ['a Postgres enum', { size: 'large' }, [1]],
    ['an integer', { age: '2' }, [2]],
    ['a range of integers', { 'age~~from': '2', 'age~~to': '3' }, [2, 3]],
    ['a 64-bit integer without rounding', { amountMinor: '9007199254740993' }, [3]],
    ['its rounded neighbour', { amountMinor: '9007199254740992' }, []],
    ['a decimal of another scale', { weight: '4.2' }, [1, 3]],
    ['a boolean', { tame: 'true' }, [1, 3]],
    ['jsonb by text', { facts: 'BLACK' }, [1, 3]],
    ['json by text', { notes: 'seen' }, [1, 2, 3]],
    ['an array by element', { tags: 'dog' }, [1]],
    ['an array of numbers', { scores: '3' }, [1, 2, 3]],
    ['an array of ids', { friendIds: idOf(1) }, [1, 2, 3]],
    ['a version 7 uuid', { id: idOf(3) }, [3]],
    ['the end of a uuid', { id: '000000000002' }, [2]],
    ['a reference', { shelterId: idOf(900) }, [1]],
    ['a type of its own', { address: '10.0' }, [1, 2, 3]],
    ['a date', { bornOn: '2025-05-17' }, [1, 2, 3]],
    ['a day', { foundAt: '2026-01-01' }, [1, 2, 3]],
    ['a range of times', { 'foundAt~~from': '2026-01-01T12:00:02.000Z', 'foundAt~~to': '2026-01-01T14:00:02.000+02:00' }, [2]],
    ['a range that ends with a day', { 'foundAt~~to': '2026-01-01' }, [1, 2, 3]],
    ['text where a number belongs', { age: 'many' }, []],
    ['two columns at once', { tame: 'true', tags: 'cat' }, [3]],
  ])('filters by %s', async (_name, filters, expected) => {
    expect(await found(filters)).toEqual(expected);
  });

  it('answers every filter and sort on every column with rows, never with an error', async () => {
    for (const property of specimens.properties()) {
      const path = property.path();
      for (const value of NASTY) {
        for (const filters of [{ [path]: value }, { [`${path}~~from`]: value }, { [`${path}~~to`]: value }, { [path]: { deep: value } }]) {
          const filter = new Filter(filters, specimens);
          const rows = await specimens.find(filter, { limit: 5, offset: 0, sort: { sortBy: path, direction: 'desc' } });
          expect(rows.length).toBe(await specimens.count(new Filter(filters, specimens)));
        }
      }
    }
  });

  it('answers any id with a record or with none', async () => {
    for (const id of NASTY.filter((value) => value !== idOf(1))) {
      expect(await specimens.findOne(id)).toBeNull();
      expect(await votes.findOne(id)).toBeNull();
      expect(await events.findOne(id)).toBeNull();
    }
    expect((await specimens.findOne(idOf(1)))?.params['age']).toBe(1);
    expect(await specimens.findMany([idOf(1), 'nonsense', idOf(3)])).toHaveLength(2);
  });

  it('pages in a stable order when the sorted column ties', async () => {
    const pages = await Promise.all(
      [0, 1, 2].map((offset) => specimens.find(new Filter({}, specimens), { limit: 1, offset, sort: { sortBy: 'currency', direction: 'asc' } })),
    );
    expect(pages.flat().map((record) => record.id())).toEqual([idOf(1), idOf(2), idOf(3)]);
  });

  it('takes nonsense for page and limit', async () => {
    expect(await specimens.find(new Filter({}, specimens), { limit: Number.NaN, offset: -5 })).toHaveLength(3);
    expect(await specimens.find(new Filter({}, specimens), { limit: 1e9, offset: 1e300, sort: { sortBy: 'nothing' } })).toHaveLength(3);
  });

  it('gives times as UTC, json formatted, big numbers exactly and hidden columns not at all', async () => {
    const params = (await specimens.findOne(idOf(3)))?.params;
    expect(params).toMatchObject({
      foundAt: '2026-01-01T12:00:03.000Z',
      bornOn: '2025-05-17',
      amountMinor: '9007199254740993',
      facts: JSON.stringify({ colour: 'black', friends: [1, 2] }, null, 2),
      'tags.0': 'cat',
      'tags.1': 'street',
      tame: true,
    });
    expect(params).not.toHaveProperty('secret');
  });

  it('finds records by composite and by 64-bit keys', async () => {
    const [vote] = await votes.find(new Filter({ voter: 'ana' }, votes), {});
    expect(vote?.id()).toMatch(/^[\w-]+$/);
    expect((await votes.findOne(String(vote?.id())))?.params['points']).toBe(5);
    expect((await events.findOne('9223372036854775807'))?.params['kind']).toBe('found');
    expect(await events.findOne('9223372036854775808')).toBeNull();
    const [event] = await events.find(new Filter({}, events), {});
    expect(event?.id()).toBe('9223372036854775807');
  });

  it('searches by title and by id, newest first', async () => {
    const ids = async (text: string): Promise<unknown[]> => (await specimens.search(text, 10)).map((record) => record.id());
    expect(await ids('')).toEqual([idOf(3), idOf(2), idOf(1)]);
    expect(await ids('brien')).toEqual([idOf(1)]);
    expect(await ids(idOf(2))).toEqual([idOf(2)]);
    for (const text of NASTY) expect(await specimens.search(text, 10)).toBeInstanceOf(Array);
  });

  it('stops counting at the cap', async () => {
    await database.dataSource.query(
      `INSERT INTO specimen_events SELECT n, 'kind ' || n % 7 FROM generate_series(1, ${COUNT_CAP + 500}) AS n`,
    );
    expect(await events.count(new Filter({}, events))).toBe(COUNT_CAP);
    expect(await events.count(new Filter({ kind: 'kind 3' }, events))).toBeLessThan(COUNT_CAP);
  });
});
