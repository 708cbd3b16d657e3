import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareDatabase } from '../../app.js';
import { loadConfig } from '../config/config.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { verifyChain } from './verify-chain.js';

const INSERT = `INSERT INTO platform.audit_logs (id, seq, actor_kind, entity_type, entity_id, action, created_at, prev_hash, hash)
  VALUES (gen_random_uuid(), 900, 'system', 'thing', 'x', 'test.acted', now(), 'mine', 'mine')`;

/** The database as `npm start` makes it, and somebody who can make the application run any SQL. */
describe('the audit log against the application’s own role', () => {
  const config = loadConfig({ NODE_ENV: 'test' });
  let dataDir: string;
  let server: EmbeddedPostgres;
  let intruder: pg.Client;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-audit-'));
    server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
    expect(await prepareDatabase(config, server.url, server.ownerUrl)).toMatchObject({ auditKeptBy: 'privileges' });
    intruder = new pg.Client({ connectionString: server.url });
    await intruder.connect();
    for (let i = 0; i < 3; i++) await intruder.query(INSERT);
  });
  afterAll(async () => {
    await intruder?.end();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each([
    `UPDATE platform.audit_logs SET action = 'x'`,
    `DELETE FROM platform.audit_logs`,
    `TRUNCATE platform.audit_logs`,
    `TRUNCATE platform.audit_logs, platform.audit_chain_head CASCADE`,
    `DROP TABLE platform.audit_logs`,
    `DROP SCHEMA platform CASCADE`,
    `ALTER TABLE platform.audit_logs DISABLE TRIGGER ALL`,
    `ALTER TABLE platform.audit_logs DISABLE TRIGGER audit_refuse_change`,
    `ALTER TABLE platform.audit_logs RENAME TO other`,
    `ALTER TABLE platform.audit_logs OWNER TO pawtreon`,
    `DROP TRIGGER audit_refuse_change ON platform.audit_logs`,
    `CREATE TRIGGER own BEFORE INSERT ON platform.audit_logs FOR EACH ROW EXECUTE FUNCTION platform.refuse_change()`,
    `CREATE RULE own AS ON INSERT TO platform.audit_logs DO INSTEAD NOTHING`,
    `CREATE OR REPLACE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `CREATE OR REPLACE FUNCTION platform.audit_row_hash(r platform.audit_logs) RETURNS text LANGUAGE sql AS 'SELECT 1::text'`,
    `CREATE TEMP TABLE decoy (LIKE platform.audit_logs); CREATE TRIGGER own BEFORE INSERT ON decoy FOR EACH ROW EXECUTE FUNCTION platform.audit_append()`,
    `SELECT set_config('pawtreon.audit_append', 'on', false); UPDATE platform.audit_chain_head SET seq = 0`,
    `INSERT INTO platform.audit_chain_head (id, seq, hash) VALUES (true, 0, 'x') ON CONFLICT (id) DO UPDATE SET seq = 0`,
    `DELETE FROM platform.audit_chain_head`,
    `SELECT * FROM platform.audit_chain_head FOR UPDATE`,
    `SET session_replication_role = replica`,
    `ALTER ROLE pawtreon SET session_replication_role = replica`,
    `ALTER DATABASE pawtreon SET session_replication_role = replica`,
    `SET ROLE pawtreon_owner`,
    `SET ROLE postgres`,
    `SET SESSION AUTHORIZATION pawtreon_owner`,
    `GRANT ALL ON platform.audit_logs TO pawtreon; UPDATE platform.audit_logs SET action = 'x'`,
    `GRANT pawtreon_owner TO pawtreon`,
    `ALTER ROLE pawtreon SUPERUSER`,
    `ALTER ROLE pawtreon_owner PASSWORD 'mine'`,
    `DELETE FROM public.schema_migrations`,
    `CREATE SCHEMA mine`,
    `CREATE TABLE public.mine ()`,
  ])('refuses %s', async (sql) => {
    await expect(intruder.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|0LP01)$/) });
  });

  it('keeps out DO blocks and what is left of a transaction', async () => {
    await expect(intruder.query(`DO $$ BEGIN EXECUTE 'DELETE FROM platform.audit_logs'; END $$`)).rejects.toMatchObject({ code: '42501' });
    await expect(intruder.query(`WITH gone AS (DELETE FROM platform.audit_logs RETURNING 1) SELECT count(*) FROM gone`)).rejects.toMatchObject({ code: '42501' });
    await expect(intruder.query(`MERGE INTO platform.audit_logs l USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE`)).rejects.toMatchObject({ code: '42501' });
    await expect(intruder.query(`${INSERT} ON CONFLICT (seq) DO UPDATE SET action = 'x'`)).rejects.toMatchObject({ code: '42501' });
  });

  it('gives each row its own place and hash, whatever the insert says, and the chain stays whole', async () => {
    const { rows } = await intruder.query<{ seq: string; hash: string }>(`${INSERT} RETURNING seq, hash`);
    expect(rows[0]).toEqual({ seq: '4', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const query = async <R>(sql: string, values: unknown[]): Promise<R[]> => (await intruder.query(sql, values)).rows as R[];
    await expect(verifyChain(query)).resolves.toMatchObject({ ok: true, checked: 4, headSeq: 4 });
  });

  it('holds against the owner by triggers alone, which is said at the start', async () => {
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    try {
      for (const sql of [`UPDATE platform.audit_logs SET action = 'x'`, `TRUNCATE platform.audit_chain_head`, `SELECT set_config('pawtreon.audit_append', 'on', false); UPDATE platform.audit_chain_head SET seq = seq + 1`]) {
        await expect(owner.query(sql)).rejects.toMatchObject({ code: '42501', message: expect.stringMatching(/append-only|moves only/) });
      }
    } finally {
      await owner.end();
    }
    expect(await prepareDatabase(config, server.ownerUrl)).toMatchObject({ auditKeptBy: 'triggers', migrations: [] });
  });
});
