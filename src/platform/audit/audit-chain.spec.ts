import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TestApp } from '../../../test/support/test-app.js';
import { SYSTEM } from '../auth/actor.js';
import { type Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { AuditAnchors, anchorsFile } from './audit-anchors.js';
import { AuditChain } from './audit-chain.js';
import { defineAuditAction } from './audit-entry.js';
import { AuditWorker } from './audit.worker.js';

const acted = defineAuditAction('test.acted', 'thing');

describe('the audit chain', () => {
  let app: TestApp;
  let chain: AuditChain;
  let admin: { token: string };
  const errors: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api' });
    chain = app.app.get(AuditChain);
    admin = await app.signIn('admin@example.org', 'admin');
    jest.spyOn(Logger.prototype, 'error').mockImplementation((message: unknown) => void errors.push(String(message)));
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app.stop();
  });
  beforeEach(() => wipe());

  const act = (note: string): Promise<void> => app.app.get(Database).transaction(async (tx) => tx.audit(SYSTEM, acted, note, { after: { note } }));
  const write = async (rows: number): Promise<void> => {
    for (let i = 0; i < rows; i++) await act(`r${i}`);
  };

  /** What only a superuser can do. */
  const force = (sql: string): Promise<unknown> => app.sql(`SET session_replication_role = replica; ${sql}; SET session_replication_role = origin`);
  const wipe = (): Promise<unknown> => force(`DELETE FROM platform.audit_logs; UPDATE platform.audit_chain_head SET seq = 0, hash = repeat('0', 64)`);

  it('starts empty and whole', async () => {
    await expect(chain.verify()).resolves.toMatchObject({ ok: true, checked: 0, headSeq: 0, firstBadSeq: null });
  });

  it('holds under 40 concurrent writers, without a gap', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => act(`n${i}`)));
    await expect(chain.verify()).resolves.toMatchObject({ ok: true, checked: 40, headSeq: 40 });
  });

  it('is whole while others write', async () => {
    const writing = Promise.all(Array.from({ length: 30 }, (_, i) => act(`n${i}`)));
    for (let i = 0; i < 5; i++) await expect(chain.verify()).resolves.toMatchObject({ ok: true });
    await writing;
  });

  it.each([
    ['a changed row', `UPDATE platform.audit_logs SET details = 'forged' WHERE seq = 7`, 7],
    ['a deleted row', `DELETE FROM platform.audit_logs WHERE seq = 12`, 12],
    ['a deleted first row', `DELETE FROM platform.audit_logs WHERE seq = 1`, 1],
    ['a cut tail', `DELETE FROM platform.audit_logs WHERE seq > 15`, 16],
    ['nothing left', `DELETE FROM platform.audit_logs`, 1],
    ['swapped rows', `UPDATE platform.audit_logs SET seq = -seq WHERE seq IN (3, 4); UPDATE platform.audit_logs SET seq = 7 + seq WHERE seq < 0`, 3],
    ['a moved head', `UPDATE platform.audit_chain_head SET seq = 10`, 10],
    ['a row before the first', `INSERT INTO platform.audit_logs SELECT gen_random_uuid(), 0, actor_kind, actor_id, staff_id, entity_type, entity_id, action, details, metadata_json, request_id, created_at, prev_hash, hash FROM platform.audit_logs WHERE seq = 1`, 0],
    ['a row after the head', `INSERT INTO platform.audit_logs SELECT gen_random_uuid(), 21, actor_kind, actor_id, staff_id, entity_type, entity_id, action, details, metadata_json, request_id, created_at, prev_hash, hash FROM platform.audit_logs WHERE seq = 20`, 21],
  ])('names the first bad row after %s: by the endpoint, the nightly job and the metrics alike', async (_, forgery, firstBadSeq) => {
    await write(20);
    await force(forgery);
    const { body } = await app.get('/v1/admin/audit-logs/verification', { token: admin.token });
    expect(body).toMatchObject({ ok: false, firstBadSeq });
    errors.length = 0;
    await app.app.get(AuditWorker).verify();
    expect(errors).toEqual([expect.stringContaining(`row ${firstBadSeq} is the first`)]);
    expect((await app.get<string>('/metrics')).body).toContain('\naudit_chain_ok 0\n');
  });

  it('is in the metrics when it is whole', async () => {
    await write(1);
    await app.app.get(AuditWorker).verify();
    expect((await app.get<string>('/metrics')).body).toContain('\naudit_chain_ok 1\n');
  });

  describe('heads written down', () => {
    let file: string;
    beforeEach(async () => {
      file = anchorsFile(app.app.get<Config>(CONFIG).dataDir);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, '');
    });
    afterAll(() => writeFile(file, ''));

    it('are one line a day, whoever asks again', async () => {
      await app.app.get(AuditWorker).anchor();
      expect(await readFile(file, 'utf8')).toBe('');
      await write(3);
      const worker = app.app.get(AuditWorker);
      await worker.anchor();
      await write(2);
      await worker.anchor();
      const [row] = await app.sql<{ hash: string }>(`SELECT hash FROM platform.audit_logs WHERE seq = 3`);
      expect(await readFile(file, 'utf8')).toBe(`${new Date().toISOString().slice(0, 10)} 3 ${row!.hash}\n`);
      await expect(chain.verify()).resolves.toMatchObject({ ok: true, checked: 5 });
    });

    it('go on after a crash that left half a line', async () => {
      await writeFile(file, '2026-01-02 1 ab');
      const line = await app.app.get(AuditAnchors).record(new Date('2026-01-03T00:10:00Z'), { seq: 2, hash: 'c'.repeat(64) });
      expect(await readFile(file, 'utf8')).toBe(`2026-01-02 1 ab\n${line}\n`);
      await expect(app.app.get(AuditAnchors).read()).resolves.toEqual([{ seq: 2, hash: 'c'.repeat(64) }]);
    });

    it('tell of a chain that was rewritten as a whole', async () => {
      await write(6);
      await app.app.get(AuditWorker).anchor();
      await wipe();
      await write(9);
      await expect(chain.verify()).resolves.toMatchObject({ ok: false, checked: 9, firstBadSeq: 6 });
      await writeFile(file, '');
      await expect(chain.verify()).resolves.toMatchObject({ ok: true });
    });

    it('tell of a chain that was cut together with its head', async () => {
      await write(6);
      await app.app.get(AuditWorker).anchor();
      await force(`DELETE FROM platform.audit_logs WHERE seq > 4; UPDATE platform.audit_chain_head SET seq = 4, hash = (SELECT hash FROM platform.audit_logs WHERE seq = 4)`);
      await expect(chain.verify()).resolves.toMatchObject({ ok: false, firstBadSeq: 6 });
    });
  });
});
