import { TestApp } from '../../../test/support/test-app.js';
import { SYSTEM } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { newId } from '../ids.js';
import { Alerts } from './alerts.js';

describe('alerts', () => {
  let app: TestApp;
  let alerts: Alerts;
  beforeAll(async () => {
    app = await TestApp.start();
    alerts = app.app.get(Alerts, { strict: false });
  });
  afterAll(() => app.stop());

  interface Row {
    id: string;
    details: Record<string, unknown>;
    resolved_at: Date | null;
    resolution: string | null;
  }
  const rows = (subject: string): Promise<Row[]> => app.sql<Row>(`SELECT * FROM platform.alerts WHERE subject = $1 ORDER BY raised_at, id`, [subject]);
  const raise = (subject: string, details: Record<string, unknown> = {}): Promise<void> => app.app.get(Database).transaction((tx) => alerts.raise(tx, { kind: 'test.broken', subject, details }));

  it('are open once for each kind and subject, however many raise them', async () => {
    const subject = newId();
    await Promise.all(Array.from({ length: 8 }, (_, n) => raise(subject, { n })));
    expect(await rows(subject)).toHaveLength(1);
    expect((await app.get<string>('/metrics')).body).toContain('alerts_open{kind="test.broken"} 1');
  });

  it('are closed by staff with a reason, and raised anew when they come again', async () => {
    const subject = newId();
    await raise(subject);
    const [{ id }] = (await rows(subject)) as [Row];
    await alerts.resolve(SYSTEM, id, 'Looked at it');
    await alerts.resolve(SYSTEM, id, 'Again');
    expect(await app.sql(`SELECT 1 FROM platform.audit_logs WHERE action = 'alert.resolved' AND entity_id = $1`, [id])).toHaveLength(1);
    await raise(subject);
    expect(await rows(subject)).toMatchObject([{ resolution: 'Looked at it' }, { resolved_at: null }]);
  });
});
