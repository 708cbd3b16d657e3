import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import type { AdminInvoiceView, InvoiceListQuery, InvoiceView } from './invoices.dto.js';

/** An invoice in its finished shape, but for what the driver gives as dates. */
type Row = Omit<AdminInvoiceView, 'createdAt' | 'approvedAt' | 'rejectedAt' | 'paidAt' | 'approvalsCount' | 'fileUrl' | 'approvals'> & {
  createdAt: Date;
  approvedAt: Date | null;
  rejectedAt: Date | null;
  paidAt: Date | null;
  approvals: { person: string; at: string }[];
};

const SELECT = `
  SELECT i.id, i.case_id AS "caseId", i.clinic_id AS "clinicId", c.name AS "clinicName", i.file_id AS "fileId", i.amount::float8 AS amount, i.currency,
         i.status, i.filed_by AS "filedBy", i.approved_at AS "approvedAt", i.rejected_at AS "rejectedAt", i.rejection_reason AS "rejectionReason",
         p.paid_at AS "paidAt", p.reference, i.created_at AS "createdAt",
         (SELECT coalesce(json_agg(json_build_object('person', a.person, 'at', a.approved_at) ORDER BY a.approved_at), '[]')
            FROM giving.invoice_approvals a WHERE a.invoice_id = i.id) AS approvals
    FROM giving.clinic_invoices i
    JOIN directory.public_clinics c ON c.id = i.clinic_id
    LEFT JOIN giving.payouts p ON p.invoice_id = i.id`;

/** Reads of invoices. */
@Injectable()
export class InvoicesQueries {
  constructor(private readonly database: Database) {}

  async list(query: InvoiceListQuery): Promise<Page<AdminInvoiceView>> {
    return toPage(await this.page(query), query.limit, (row) => [row.createdAt.toISOString(), row.id], adminView);
  }

  async ofCase(caseId: string, query: PageQuery): Promise<Page<InvoiceView>> {
    return toPage(await this.page({ ...query, caseId }), query.limit, (row) => [row.createdAt.toISOString(), row.id], managerView);
  }

  async find(id: string): Promise<AdminInvoiceView | null> {
    const row = await this.database.row<Row>(`${SELECT} WHERE i.id = $1`, [id]);
    return row && adminView(row);
  }

  /** The invoice as a command left it. */
  async changed(tx: Tx, id: string): Promise<AdminInvoiceView> {
    const [row] = await tx.query<Row>(`${SELECT} WHERE i.id = $1`, [id]);
    return adminView(row!);
  }

  /** What approved invoices of a case wait for, in minor units of `currency`. */
  async reserved(tx: Tx, caseId: string, currency: string): Promise<number> {
    const [row] = await tx.query<{ amount: string }>(
      `SELECT coalesce(sum(amount), 0) AS amount FROM giving.clinic_invoices WHERE case_id = $1 AND currency = $2 AND status = 'approved'`,
      [caseId, currency],
    );
    return Number(row!.amount);
  }

  /** Writes a person's approval; answers how many there are now, or null when theirs was there. */
  async addApproval(tx: Tx, invoiceId: string, person: string, now: Date): Promise<number | null> {
    const added = await tx.query(`INSERT INTO giving.invoice_approvals (invoice_id, person, approved_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING person`, [invoiceId, person, now]);
    if (added.length === 0) return null;
    const [row] = await tx.query<{ count: string }>(`SELECT count(*) AS count FROM giving.invoice_approvals WHERE invoice_id = $1`, [invoiceId]);
    return Number(row!.count);
  }

  /** Writes a payout; false when its reference has paid another invoice. */
  async addPayout(tx: Tx, payout: { id: string; invoiceId: string; reference: string; paidBy: string }, now: Date): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO giving.payouts (id, invoice_id, reference, paid_by, paid_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (reference) DO NOTHING RETURNING id`,
      [payout.id, payout.invoiceId, payout.reference, payout.paidBy, now],
    );
    return added.length > 0;
  }

  private page(query: InvoiceListQuery): Promise<Row[]> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    return this.database.rows<Row>(
      `${SELECT} WHERE ($1::text IS NULL OR i.status = $1) AND ($2::uuid IS NULL OR i.case_id = $2)
          AND ($3::timestamptz IS NULL OR (i.created_at, i.id) < ($3, $4::uuid))
        ORDER BY i.created_at DESC, i.id DESC LIMIT $5`,
      [query.status ?? null, query.caseId ?? null, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
  }
}

const adminView = (row: Row): AdminInvoiceView => ({
  ...row,
  fileUrl: `/v1/files/${row.fileId}`,
  approvals: row.approvals.map(({ person, at }) => ({ person, at: new Date(at).toISOString() })),
  approvalsCount: row.approvals.length,
  approvedAt: row.approvedAt?.toISOString() ?? null,
  rejectedAt: row.rejectedAt?.toISOString() ?? null,
  paidAt: row.paidAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** Who of the staff approved is not for managers of the case. */
function managerView(row: Row): InvoiceView {
  const { approvals: _, ...shown } = adminView(row);
  return shown;
}
