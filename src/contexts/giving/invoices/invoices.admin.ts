import { type BackofficeSection, defineResource, type SectionCell } from '../../../platform/backoffice/index.js';
import { checkedInput } from '../../../platform/http/validation.pipe.js';
import { ClinicInvoice, INVOICE_STATUSES } from './clinic-invoice.entity.js';
import { InvoiceApproval } from './invoice-approval.entity.js';
import { RecordPayout, RejectInvoice } from './invoices.dto.js';
import { InvoicesQueries } from './invoices.queries.js';
import { InvoicesService } from './invoices.service.js';
import { Payout } from './payout.entity.js';

const FOR_FINANCE = { context: 'giving', roles: ['finance'] } as const;

/** What whoever approves an invoice has to look at. */
const SECTIONS: BackofficeSection[] = [
  {
    name: 'picture',
    title: 'The invoice',
    load: async ({ get, recordId }) => {
      const invoice = await get(InvoicesQueries).find(recordId);
      return { kind: 'pictures', rows: invoice ? [{ figures: [{ fileId: invoice.fileId, caption: { kind: 'money', amount: invoice.amount, currency: invoice.currency } }] }] : [], empty: 'There is no picture.' };
    },
  },
  {
    name: 'fund',
    title: 'Fund of the case',
    load: async ({ get, recordId }) => {
      const invoice = await get(InvoicesQueries).find(recordId);
      const fund = invoice && (await get(InvoicesService).fundBehind(invoice));
      const money = (amount: number): SectionCell => ({ kind: 'money', amount, currency: invoice!.currency });
      const rows = fund ? [[money(fund.held), money(fund.reserved), money(fund.held - fund.reserved)]] : [];
      return { kind: 'table', columns: ['Held', 'Reserved by approved invoices', 'Available'], rows, empty: 'There is no fund.' };
    },
  },
  {
    name: 'approvals',
    title: 'Approvals',
    load: async ({ get, recordId }) => {
      const approvals = (await get(InvoicesQueries).find(recordId))?.approvals ?? [];
      return { kind: 'table', columns: ['Person', 'When'], rows: approvals.map(({ person, at }) => [person, { kind: 'time', at: new Date(at) }]), empty: 'Nobody has approved it.' };
    },
  },
];

/** Invoices of clinics, for finance staff to release. */
export const invoicesResources = [
  defineResource({
    ...FOR_FINANCE,
    entity: ClinicInvoice,
    label: 'Clinic invoices',
    listColumns: ['caseId', 'clinicId', 'amount', 'status', 'filedBy', 'createdAt', 'approvedAt', 'rejectedAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    money: { amount: 'currency' },
    enums: { status: INVOICE_STATUSES },
    sections: SECTIONS,
    actions: [
      {
        name: 'approve',
        label: 'Approve',
        icon: 'Check',
        roles: ['finance'],
        confirm: 'You have compared the picture with the amount and the case. The second person’s approval reserves the money.',
        appliesTo: (row) => row['status'] === 'pending',
        handler: async ({ get, actor, recordId }) => {
          await get(InvoicesService).approve(actor, recordId);
        },
      },
      {
        name: 'payOut',
        label: 'Record the payout',
        icon: 'Send',
        roles: ['finance'],
        fields: { reference: { label: 'Reference of the transfer', type: 'text', required: true, max: 140, help: 'Shown in public: name nobody in it.' } },
        confirm: 'The clinic has been paid by this transfer. The amount leaves the fund of the case.',
        appliesTo: (row) => row['status'] === 'approved',
        handler: async ({ get, actor, recordId, values }) => {
          await get(InvoicesService).payOut(actor, recordId, (await checkedInput(RecordPayout, values)).reference);
        },
      },
      {
        name: 'reject',
        label: 'Reject',
        icon: 'X',
        danger: true,
        roles: ['finance'],
        needsReason: true,
        confirm: 'It will not be paid, and whoever filed it reads the reason. There is no way back.',
        appliesTo: (row) => row['status'] === 'pending' || row['status'] === 'approved',
        handler: async ({ get, actor, recordId, reason }) => {
          await get(InvoicesService).reject(actor, recordId, (await checkedInput(RejectInvoice, { reason })).reason);
        },
      },
    ],
  }),
  defineResource({ ...FOR_FINANCE, entity: InvoiceApproval, label: 'Approvals of invoices', sort: { by: 'approvedAt', direction: 'desc' } }),
  defineResource({ ...FOR_FINANCE, entity: Payout, label: 'Payouts', title: 'reference', listColumns: ['reference', 'invoiceId', 'paidBy', 'paidAt'], sort: { by: 'paidAt', direction: 'desc' } }),
];
