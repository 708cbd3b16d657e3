import { type BackofficeApp, startBackofficeApp } from '../../test/support/backoffice-app.js';
import { acts, idOf, Specimen } from '../../test/support/backoffice-scratch.js';
import { PASSWORD, StaffClient } from '../../test/support/staff-client.js';
import { assertDeclaration } from './resources/assert-declaration.js';
import type { ShownSection } from './resources/sections.js';

describe('the back office over HTTP', () => {
  let app: BackofficeApp;

  beforeAll(async () => {
    app = await startBackofficeApp();
  });
  afterAll(() => app.close());

  const stranger = (): StaffClient => new StaffClient(app.url);
  const signedIn = async (role: string): Promise<StaffClient> => {
    const client = stranger();
    expect((await client.signIn(`${role}@example.org`)).status).toBe(303);
    return client;
  };

  describe('signing in', () => {
    it('lets staff in with a cookie that scripts and other sites cannot use', async () => {
      const response = await stranger().signIn('Moderator@Example.org ');
      expect(response.headers.get('location')).toBe('/admin');
      expect(response.headers.getSetCookie()[0]).toMatch(/^pawtreon\.staff=.+; Path=\/admin; .*HttpOnly; SameSite=Lax$/);
      expect(app.audit.at(-1)).toMatchObject({ action: 'signIn', staff: { email: 'moderator@example.org' } });
    });

    it('sends strangers to the login page and back to where they wanted', async () => {
      const client = stranger();
      const refused = await client.send('/resources/public_specimens');
      expect(refused.headers.get('location')).toBe('/admin/login?next=/admin/resources/public_specimens');
      const { headers } = await client.send('/login?next=/admin/resources/public_specimens', { form: { email: 'support@example.org', password: PASSWORD } });
      expect(headers.get('location')).toBe('/admin/resources/public_specimens');
      expect((await stranger().json('/api/resources/public_specimens/actions/new', { title: 'x' })).status).toBe(401);
    });

    it.each(["//evil.example", '/admin//evil.example', "/admin/'-alert(1)-'", 'https://evil.example'])('never goes on to %s', async (next) => {
      const client = stranger();
      expect(await (await client.send(`/login?next=${encodeURIComponent(next)}`)).text()).not.toContain('evil.example');
      const { headers } = await client.send(`/login?next=${encodeURIComponent(next)}`, { form: { email: 'support@example.org', password: PASSWORD } });
      expect(headers.get('location')).toBe('/admin');
    });

    it('gives a new session id and ends the session on signing out', async () => {
      const client = await signedIn('support');
      expect((await client.send('/api/dashboard')).status).toBe(200);
      const before = await app.database.pool.query('SELECT count(*)::int AS n FROM backoffice.sessions');
      await client.send('/logout');
      expect((await client.send('/api/dashboard')).status).toBe(302);
      const after = await app.database.pool.query('SELECT count(*)::int AS n FROM backoffice.sessions');
      expect(after.rows[0].n).toBe(before.rows[0].n - 1);
    });

    it('answers wrong passwords and unknown accounts alike', async () => {
      const wrong = await stranger().signIn('support@example.org', 'wrong');
      const unknown = await stranger().signIn('nobody@example.org', 'wrong');
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect(await wrong.text()).toContain('The email or the password is wrong');
      expect(app.audit.at(-1)).toMatchObject({ action: 'signInRefused', staff: null });
    });

    it('stops guessing at one account after five attempts', async () => {
      const client = stranger();
      for (let attempt = 0; attempt < 5; attempt++) expect((await client.signIn('finance@example.org', 'wrong')).status).toBe(401);
      const refused = await client.signIn('finance@example.org');
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.text()).toContain('Too many attempts');
      expect((await stranger().signIn('finance@example.org')).status).toBe(303);
    });

    it('stops an address after twenty failures, and does not count successes', async () => {
      const client = stranger();
      for (let attempt = 0; attempt < 25; attempt++) expect((await client.signIn('support@example.org')).status).toBe(303);
      for (let attempt = 0; attempt < 20; attempt++) expect((await client.signIn(`guess${attempt}@example.org`, 'wrong')).status).toBe(401);
      expect((await client.signIn('support@example.org')).status).toBe(429);
    });

    it('locks an account after ten wrong passwords from anywhere', async () => {
      await app.staff.create({ id: idOf(8000), email: 'locked@example.org', name: 'L', password: PASSWORD, role: 'support' });
      for (let attempt = 0; attempt < 10; attempt++) await stranger().signIn('locked@example.org', 'wrong');
      expect((await stranger().signIn('locked@example.org')).status).toBe(401);
      await app.database.pool.query(`UPDATE backoffice.staff_accounts SET locked_until = now() WHERE id = $1`, [idOf(8000)]);
      expect((await stranger().signIn('locked@example.org')).status).toBe(303);
    });

    it('ends the sessions of a disabled account', async () => {
      await app.staff.create({ id: idOf(8001), email: 'leaver@example.org', name: 'L', password: PASSWORD, role: 'support' });
      const client = await signedIn('leaver');
      await app.database.pool.query(`UPDATE backoffice.staff_accounts SET disabled_at = now() WHERE id = $1`, [idOf(8001)]);
      expect((await client.send('/api/dashboard')).status).toBe(302);
      expect((await client.signIn('leaver@example.org')).status).toBe(401);
    });

    it.each([
      ['sec-fetch-site', 'cross-site'],
      ['sec-fetch-site', 'same-site'],
      ['origin', 'https://evil.example'],
      ['origin', 'null'],
      ['referer', 'https://evil.example/page'],
    ])('refuses writes from other sites: %s %s', async (header, value) => {
      const headers = { [header]: value };
      expect((await stranger().signIn('support@example.org', PASSWORD, headers)).status).toBe(403);
      const client = await signedIn('superadmin');
      const path = `/api/resources/public_specimens/records/${idOf(1)}/hide`;
      expect((await client.send(path, { form: { reason: 'x' }, headers })).status).toBe(403);
    });

    it('accepts writes from its own pages', async () => {
      expect((await stranger().signIn('support@example.org', PASSWORD, { origin: new URL(app.url).origin, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    });
  });

  describe('pages', () => {
    it('carry a policy, name no other host and no personal script', async () => {
      const response = await (await signedIn('support')).send('');
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      const html = await response.text();
      expect(policy).toContain("default-src 'none'");
      expect(html).toContain(`<script nonce="${nonce}">`);
      expect(html).not.toContain('googleapis');
      expect(html).not.toMatch(/<script>/);
    });

    it('answer 404 for what does not exist', async () => {
      const client = await signedIn('support');
      for (const path of ['/resources/nothing', '/api/resources/nothing/actions/list', '/api/resources/public_specimens/actions/nothing', '/api/resources/public_specimens/actions/constructor']) {
        expect((await client.send(path)).status).toBe(404);
      }
      expect((await client.send('/resources/public_specimens/bulk/bulkDelete')).status).toBe(400);
    });
  });

  describe('resources', () => {
    it('stop the start when they name columns that do not exist', () => {
      const declaration = { entity: Specimen, context: 'rescue', listColumns: ['title', 'nothing'], money: { amountMinor: 'money' } };
      expect(() => assertDeclaration(declaration, app.database.dataSource)).toThrow('Specimen has no nothing, money to show');
    });

    it('lists with filters, sorting and nonsense without an error', async () => {
      const client = await signedIn('support');
      const list = '/api/resources/public_specimens/actions/list';
      const { body } = await client.json(`${list}?filters.title=SPECIMEN%205&filters.stage=funded&sortBy=age&direction=asc`);
      expect(body.records.map((record) => record.params['title'])).toEqual(['Specimen 51', 'Specimen 54', 'Specimen 57']);
      expect(JSON.stringify(body)).not.toContain('never shown');
      for (const query of ['?filters=x', '?filters.nothing=1', '?filters.a(b=1', '?filters.shelterId=zzz', '?filters.tags.0=cat', '?sortBy=nothing', '?sortBy=constructor&direction=up', '?page=-3&perPage=-1', '?page=1e99', '?perPage=zebra', '?filters.__proto__.x=1']) {
        expect({ query, status: (await client.send(list + query)).status }).toEqual({ query, status: 200 });
      }
    });

    it('counts no further than the cap and still reaches the next page', async () => {
      const client = await signedIn('finance');
      const list = '/api/resources/public_specimen_events/actions/list?perPage=100&page=';
      expect((await client.json(`${list}1`)).body.meta.total).toBe(1_001);
      expect((await client.json(`${list}11`)).body.meta.total).toBe(1_101);
    });

    it('finds records for pickers by title and by id', async () => {
      const client = await signedIn('support');
      const search = '/api/resources/public_specimens/actions/search';
      expect((await client.json(`${search}/SPECIMEN%2060`)).body.records.map(({ id }) => id)).toEqual([idOf(60)]);
      expect((await client.json(`${search}/${idOf(7)}`)).body.records.map(({ id }) => id)).toEqual([idOf(7)]);
      expect((await client.send(`${search}/%25%00%27`)).status).toBe(200);
    });

    it('keeps resources from roles that may not see them', async () => {
      const client = await signedIn('support');
      const { body } = await client.json('/api/resources/public_specimen_events/actions/list');
      expect(body.records).toEqual([]);
      expect(body.notice.type).toBe('error');
      expect((await client.json('/api/resources/backoffice_staff_accounts/actions/list')).body.records).toEqual([]);
      const show = `/api/resources/public_specimens/records/${idOf(60)}/show`;
      const reference = (person: StaffClient): Promise<unknown> => person.json(show).then((answer) => answer.body.record.populated['eventSeq']);
      expect(await reference(client)).toMatchObject({ id: '5', title: '5', params: {} });
      expect(await reference(await signedIn('finance'))).toMatchObject({ id: '5', title: 'kind 4', params: {} });
      const html = await (await client.send('')).text();
      expect(html).not.toMatch(/password[_ ]?hash/i);
    });
  });

  describe('sections of a record', () => {
    const sections = async (role: string, path = `/api/resources/public_specimens/records/${idOf(1)}/sections`): Promise<ShownSection[]> =>
      ((await (await (await signedIn(role)).send(path)).json()) as { sections: ShownSection[] }).sections;

    it('are loaded for the record, with links that lead where the person may go', async () => {
      const [gifts, friends, pictures, broken] = await sections('finance');
      const link = { kind: 'record', entity: 'SpecimenEvent', id: '5', label: 'kind 4', href: '/admin/resources/public_specimen_events/records/5/show' };
      expect(gifts).toMatchObject({ title: 'Gifts', content: { rows: [[`donor of ${idOf(1)}`, { amount: 123_456, currency: 'JPY' }, { at: '2026-01-01T12:00:00.000Z' }, link]] } });
      expect(friends).toMatchObject({ title: 'Friends', content: { rows: [], empty: 'It has no friends.' } });
      expect(pictures).toMatchObject({ content: { kind: 'pictures', rows: [{ figures: [{ fileId: idOf(1) }, { caption: link }], notes: ['3 bits apart'] }] } });
      expect(broken).toEqual({ title: 'Broken', content: null });
    });

    it('show each role only what it may see', async () => {
      const shown = await sections('support');
      expect(shown.map(({ title }) => title)).toEqual(['Friends', 'Pictures', 'Broken']);
      expect(shown[1]).toMatchObject({ content: { rows: [{ figures: [{}, { caption: { id: '5', label: '5' } }] }] } });
      expect(JSON.stringify(shown)).not.toMatch(/href|donor of|inner workings/);
    });

    it('exist only where they are declared, and for staff', async () => {
      const client = await signedIn('support');
      expect((await client.send(`/api/resources/public_shelters/records/${idOf(900)}/sections`)).status).toBe(404);
      expect((await stranger().send(`/api/resources/public_specimens/records/${idOf(1)}/sections`)).status).toBe(302);
    });
  });

  describe('pictures', () => {
    it('are shown to staff, those that are signed too', async () => {
      const client = await signedIn('support');
      for (const path of [`/files/${idOf(2)}`, `/files/${idOf(2)}/thumbnail`]) {
        const picture = await client.send(path);
        expect([picture.status, picture.headers.get('content-type'), picture.headers.get('x-content-type-options')]).toEqual([200, 'image/webp', 'nosniff']);
        expect(Number(picture.headers.get('content-length'))).toBe((await picture.arrayBuffer()).byteLength);
        expect(picture.headers.get('cache-control')).toMatch(/^private/);
      }
    });

    it('are shown to nobody else, and 404 where there is none', async () => {
      expect((await stranger().send(`/files/${idOf(1)}/thumbnail`)).status).toBe(302);
      const client = await signedIn('support');
      for (const id of [idOf(3), 'x', '%00', '..%2f..']) expect((await client.send(`/files/${id}/thumbnail`)).status).toBe(404);
    });
  });

  describe('commands', () => {
    const hide = (number: number): string => `/api/resources/public_specimens/records/${idOf(number)}/hide`;
    const edit = `/api/resources/public_specimens/records/${idOf(2)}/edit`;

    it('run through the declared service, with actor and reason, and are audited', async () => {
      const client = await signedIn('moderator');
      const { body } = await client.json(hide(1), { reason: ' spam ' });
      expect(body.notice.type).toBe('success');
      expect(acts.at(-1)).toMatchObject({ name: 'hide', recordId: idOf(1), actor: 'moderator', reason: 'spam' });
      expect(app.audit.at(-1)).toMatchObject({ action: 'hide', resource: 'public_specimens', recordId: idOf(1), reason: 'spam', before: { title: 'Specimen 1' } });
    });

    it('change nothing without a reason, on GET, for another role or on a record they do not apply to', async () => {
      const moderator = await signedIn('moderator');
      const finance = await signedIn('finance');
      const before = acts.length;
      expect((await moderator.json(hide(1), {})).body.record.errors['reason']?.message).toBe('Give a reason.');
      expect((await moderator.json(`${hide(1)}?reason=x`)).status).toBe(200);
      expect((await finance.json(hide(1), { reason: 'x' })).body.notice.type).toBe('error');
      expect((await moderator.json(hide(3), { reason: 'x' })).body.notice.type).toBe('error');
      expect(acts).toHaveLength(before);
    });

    it('name the bad fields, refuse what the database refuses, and hide faults', async () => {
      const client = await signedIn('support');
      const { errors } = (await client.json(edit, { title: '', age: 'old' })).body.record;
      expect(Object.keys(errors).sort()).toEqual(['age', 'reason', 'title']);
      expect((await client.json(edit, { title: 'duplicate', reason: 'x' })).body.notice.message).toBe('A record with this value already exists.');
      const crash = (await client.json(edit, { title: 'crash', reason: 'x' })).body;
      expect(JSON.stringify(crash)).not.toContain('inner workings');
      expect(crash.notice).toMatchObject({ type: 'error', message: 'This did not work. The fault has been logged.' });
    });

    it('exist only where they are declared', async () => {
      const client = await signedIn('superadmin');
      for (const action of ['delete', 'edit']) {
        const answer = await client.json(`/api/resources/public_shelters/records/${idOf(900)}/${action}`, { name: 'x' });
        expect(answer.body.notice.type).toBe('error');
      }
      const { rows } = await app.database.pool.query('SELECT name FROM shelters');
      expect(rows).toEqual([{ name: 'Sofia shelter' }]);
    });
  });
});
