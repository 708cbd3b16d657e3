import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBuilt } from '../../test/support/built-app.js';
import { TestApp } from '../../test/support/test-app.js';

describe('audit:verify', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api' });
    await app.signIn('person@example.org', 'volunteer');
    await app.signIn('admin@example.org', 'admin');
  });
  afterAll(() => app.stop());

  const verify = (databaseUrl = app.databaseUrl): ReturnType<typeof runBuilt> => runBuilt('commands/audit-verify.js', [], { DATABASE_URL: databaseUrl });

  it('says ok, how many rows, and the head to keep elsewhere', async () => {
    const [head] = await app.sql<{ seq: string; hash: string }>(`SELECT seq, hash FROM platform.audit_chain_head`);
    expect(Number(head!.seq)).toBeGreaterThan(0);
    expect(await verify()).toEqual({ code: 0, stdout: `ok: ${head!.seq} rows, 0 written heads, head ${head!.seq} ${head!.hash}\n`, stderr: '' });
  });

  it('names the first bad row and fails', async () => {
    await app.sql(`ALTER TABLE platform.audit_logs DISABLE TRIGGER USER`);
    await app.sql(`UPDATE platform.audit_logs SET metadata_json = '{"forged": true}' WHERE seq = 2`);
    await app.sql(`ALTER TABLE platform.audit_logs ENABLE TRIGGER USER`);
    const { code, stdout, stderr } = await verify();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^bad: row 2 is the first/);
  });

  it('tells a database that cannot be asked from a bad chain', async () => {
    const { code, stderr } = await verify('postgres://127.0.0.1:1/nowhere');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^could not be checked: /);
  });

  it('looks into the embedded database of DATA_DIR without one in the environment, and makes none', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-verify-'));
    try {
      const { code, stderr } = await runBuilt('commands/audit-verify.js', [], { DATA_DIR: dataDir });
      expect([code, stderr]).toEqual([2, `could not be checked: there is no database under ${dataDir}\n`]);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
