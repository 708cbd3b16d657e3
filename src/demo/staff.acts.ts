import sharp from 'sharp';
import { type DemoWorld, known } from './demo-world.js';
import type { DemoCampaign, DemoInvoice } from './plan/index.js';

const DAY_MS = 86_400_000;

/** Whoever approves invoices: two people, or none is paid. */
const APPROVERS = ['admin', 'finance'] as const;

/** Rescuers start campaigns for their cases, and the admin initiatives. */
export async function campaignsStart(world: DemoWorld, daysAgo: number): Promise<void> {
  for (const campaign of world.plan.campaigns.filter(({ created }) => created === daysAgo)) {
    world.campaigns.set(campaign.title, (world.resumes && (await findByName(world, '/v1/campaigns?limit=100', 'title', campaign.title))) || (await startCampaign(world, campaign)));
  }
}

async function startCampaign(world: DemoWorld, campaign: DemoCampaign): Promise<string> {
  const { client, cases } = world;
  const { title, description, campaignType, initiativeKey, initiativeCategory, goal, unit, featured, endsIn } = campaign;
  const body = {
    title,
    description,
    campaignType,
    goal,
    unit,
    ...(campaignType === 'initiative' ? { initiativeKey, initiativeCategory, featuredInitiative: featured } : {}),
    ...(endsIn === undefined ? {} : { endDate: new Date(world.momentOf(0).getTime() + endsIn * DAY_MS).toISOString().slice(0, 10) }),
    caseIds: campaign.cases.map((one) => known(cases, one)),
  };
  const { id } = await client.call<{ id: string }>('POST', '/v1/campaigns', { as: campaign.creator, body });
  if (campaign.counted) await client.call('PATCH', `/v1/campaigns/${id}`, { as: 'admin', body: { current: campaign.counted } });
  return id;
}

/** Staff enter who supports the platform. */
export async function staffEnterPartners(world: DemoWorld, daysAgo: number): Promise<void> {
  for (const { entered, ...body } of world.plan.partners) {
    if (entered !== daysAgo || (world.resumes && (await findByName(world, '/v1/partners?limit=100', 'name', body.name)))) continue;
    await world.client.call('POST', '/v1/admin/partners', { as: 'admin', body });
  }
}

async function findByName({ client }: DemoWorld, url: string, field: 'name' | 'title', name: string): Promise<string | undefined> {
  const { items } = await client.call<{ items: { id: string; name?: string; title?: string }[] }>('GET', url);
  return items.find((item) => item[field] === name)?.id;
}

interface InvoiceState {
  id: string;
  amount: number;
  status: string;
  approvals: { person: string }[];
}

/** Clinics are paid: an invoice, two approvals, a transfer. One without a transfer still waits for the second approval. */
export async function clinicsArePaid(world: DemoWorld, daysAgo: number): Promise<void> {
  const { client } = world;
  for (const invoice of world.plan.invoices.filter((one) => one.daysAgo === daysAgo)) {
    const caseId = known(world.cases, invoice.case);
    const { items } = await client.call<{ items: InvoiceState[] }>('GET', `/v1/admin/invoices?caseId=${caseId}`, { as: 'admin' });
    const { id, status, approvals } = items.find(({ amount }) => amount === invoice.amount) ?? (await fileInvoice(world, invoice, caseId));
    for (const person of invoice.reference ? APPROVERS : APPROVERS.slice(0, 1)) {
      const approved = approvals.some((approval) => approval.person === `user:${client.idOf(person)}`);
      if (!approved) await client.call('POST', `/v1/admin/invoices/${id}/approvals`, { as: person });
    }
    if (invoice.reference && status !== 'paid') await client.call('POST', `/v1/admin/invoices/${id}/payout`, { as: 'finance', body: { reference: invoice.reference } });
  }
}

async function fileInvoice({ client, clinics, plan }: DemoWorld, { case: title, filedBy, amount }: DemoInvoice, caseId: string): Promise<InvoiceState> {
  const clinicId = known(clinics, plan.cases.find((one) => one.title === title)!.clinic!);
  const fileId = await client.upload(filedBy, await sheetOfPaper());
  const filed = await client.call<Omit<InvoiceState, 'approvals'>>('POST', `/v1/cases/${caseId}/invoices`, { as: filedBy, body: { amount, currency: 'EUR', clinicId, fileId } });
  return { ...filed, approvals: [] };
}

/** An invoice as one sees it from across the room. */
function sheetOfPaper(): Promise<Buffer> {
  const lines = Array.from({ length: 9 }, (_, i) => `<rect x="80" y="${260 + i * 46}" width="${300 + ((i * 71) % 130)}" height="10" fill="#9aa3ad"/><rect x="600" y="${260 + i * 46}" width="80" height="10" fill="#6b7580"/>`);
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="760" height="1000"><rect width="760" height="1000" fill="#fbfaf6"/>
      <rect x="80" y="80" width="260" height="34" fill="#2f6f6a"/>${lines.join('')}<rect x="480" y="720" width="200" height="26" fill="#2f3a45"/>
      <circle cx="560" cy="860" r="70" fill="none" stroke="#3553a4" stroke-width="8" opacity="0.6"/></svg>`),
  )
    .jpeg()
    .toBuffer();
}
