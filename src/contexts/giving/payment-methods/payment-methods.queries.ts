import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import type { PaymentMethod } from './payment-method.entity.js';
import type { PaymentMethodListQuery, PaymentMethodView } from './payment-methods.dto.js';

type Row = Pick<PaymentMethod, 'id' | 'type' | 'name' | 'lastFour' | 'expiryMonth' | 'expiryYear' | 'isDefault' | 'createdAt'>;

/** Reads of payment methods. */
@Injectable()
export class PaymentMethodsQueries {
  constructor(private readonly database: Database) {}

  /** A person's own, newest first. */
  async of(userId: string, query: PaymentMethodListQuery): Promise<Page<PaymentMethodView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT id, type, name, last_four AS "lastFour", expiry_month AS "expiryMonth", expiry_year AS "expiryYear", is_default AS "isDefault", created_at AS "createdAt"
         FROM giving.payment_methods
        WHERE user_id = $1 AND removed_at IS NULL AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], paymentMethodView);
  }

  /** Who a customer of the provider is; null for one that nobody has told of. */
  async personOf(tx: Tx, customerId: string): Promise<string | null> {
    return (await tx.query<{ user_id: string }>(`SELECT user_id FROM giving.stripe_customers WHERE id = $1`, [customerId]))[0]?.user_id ?? null;
  }
}

export const paymentMethodView = ({ id, type, name, lastFour, expiryMonth, expiryYear, isDefault, createdAt }: Row): PaymentMethodView => ({
  id,
  type,
  name,
  lastFour,
  expiryMonth,
  expiryYear,
  isDefault,
  createdAt: createdAt.toISOString(),
});
