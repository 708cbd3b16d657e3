import { type DemoWorld, known } from './demo-world.js';
import type { DemoReport } from './plan/index.js';

/** People report what looks wrong, the admin decides, and who was warned may disagree. */
export async function peopleReport(world: DemoWorld, daysAgo: number): Promise<void> {
  for (const report of world.plan.reports) {
    if (report.daysAgo === daysAgo) await file(world, report);
    if (report.outcome && report.daysAgo - report.outcome.after === daysAgo) await decide(world, report, report.outcome);
  }
}

async function file({ client, cases, resumes }: DemoWorld, report: DemoReport): Promise<void> {
  if (resumes && (await client.call<{ items: unknown[] }>('GET', '/v1/me/reports', { as: report.by })).items.length > 0) return;
  await client.call('POST', `/v1/cases/${known(cases, report.title)}/reports`, { as: report.by, body: { reason: report.reason, details: report.details } });
}

async function decide({ client, cases, plan }: DemoWorld, { title, appeal }: DemoReport, { action, notes }: NonNullable<DemoReport['outcome']>): Promise<void> {
  const [waiting] = (await client.call<{ items: { id: string }[] }>('GET', `/v1/admin/reports?caseId=${known(cases, title)}`, { as: 'admin' })).items;
  if (waiting && action === 'reviewing') await client.call('POST', `/v1/admin/reports/${waiting.id}/reviewing`, { as: 'admin' });
  else if (waiting) await client.call('POST', `/v1/admin/reports/${waiting.id}/resolution`, { as: 'admin', body: { action, notes } });
  if (!appeal) return;
  const owner = plan.cases.find((one) => one.title === title)!.owner;
  const [decision] = (await client.call<{ items: { id: string; appeal: object | null }[] }>('GET', '/v1/me/decisions', { as: owner })).items;
  if (decision && !decision.appeal) await client.call('POST', `/v1/decisions/${decision.id}/appeals`, { as: owner, body: { text: appeal } });
}
