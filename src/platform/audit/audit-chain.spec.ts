import { TestApp } from '../../../test/support/test-app.js';
import { SYSTEM } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { AuditChain } from './audit-chain.js';
import { defineAuditAction } from './audit-entry.js';

const acted = defineAuditAction('test.acted', 'thing');

describe('the audit chain', () => {
  let app: TestApp;
  let chain: AuditChain;

  beforeAll(async () => {
    app = await TestApp.start();
    chain = app.app.get(AuditChain);
  });
  afterAll(() => app.stop());

  const act = (note: string): Promise<void> => app.app.get(Database).transaction(async (tx) => tx.audit(SYSTEM, acted, note, { after: { note } }));

  it('starts empty and whole', async () => {
    await expect(chain.verify()).resolves.toMatchObject({ ok: true, checked: 0, headSeq: 0, firstBadSeq: null });
  });

  it('holds under 40 concurrent writers, without a gap', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => act(`n${i}`)));
    await expect(chain.verify()).resolves.toMatchObject({ ok: true, checked: 40, headSeq: 40 });
  });

  it('refuses update, delete and truncate, and a moved head', async () => {
    for (const sql of [
      `UPDATE platform.audit_logs SET action = 'x'`,
      `DELETE FROM platform.audit_logs`,
      `TRUNCATE platform.audit_logs`,
      `UPDATE platform.audit_chain_head SET seq = 0`,
      `DELETE FROM platform.audit_chain_head`,
    ]) {
      await expect(app.sql(sql)).rejects.toThrow(/append-only|moves only/);
    }
  });

  it.each([
    ['a changed row', `UPDATE platform.audit_logs SET details = 'forged' WHERE seq = 7`, 7],
    ['a deleted row', `DELETE FROM platform.audit_logs WHERE seq = 12`, 12],
    ['a cut tail', `DELETE FROM platform.audit_logs WHERE seq > 30`, 31],
    ['swapped rows', `UPDATE platform.audit_logs SET seq = CASE seq WHEN 3 THEN 1004 ELSE 1003 END WHERE seq IN (3, 4)`, 3],
  ])('names the first bad row after %s', async (_, forgery, firstBadSeq) => {
    const client = await app.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('ALTER TABLE platform.audit_logs DISABLE TRIGGER USER');
      await client.query(forgery);
      if (forgery.includes('1004')) await client.query(`UPDATE platform.audit_logs SET seq = seq - 1000 WHERE seq > 1000`);
      await client.query('ALTER TABLE platform.audit_logs ENABLE TRIGGER USER');
      await client.query('COMMIT');
      await expect(chain.verify()).resolves.toMatchObject({ ok: false, firstBadSeq });
    } finally {
      client.release();
    }
    await restore();
  });

  /** Each forgery starts from a chain that is whole again. */
  async function restore(): Promise<void> {
    await app.sql(`ALTER TABLE platform.audit_logs DISABLE TRIGGER USER`);
    await app.sql(`ALTER TABLE platform.audit_chain_head DISABLE TRIGGER USER`);
    await app.sql(`DELETE FROM platform.audit_logs`);
    await app.sql(`UPDATE platform.audit_chain_head SET seq = 0, hash = repeat('0', 64)`);
    await app.sql(`ALTER TABLE platform.audit_logs ENABLE TRIGGER USER`);
    await app.sql(`ALTER TABLE platform.audit_chain_head ENABLE TRIGGER USER`);
    for (let i = 0; i < 40; i++) await act(`r${i}`);
  }
});
