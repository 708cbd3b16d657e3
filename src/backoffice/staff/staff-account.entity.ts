import { Check, Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import { STAFF_ROLES, type StaffRole } from '../../platform/backoffice/index.js';

/**
 * Who may enter the back office (decision 21). Aggregate root; not a table of the spec: the API's
 * own admin level is the user's `admin` role.
 */
@Entity({ schema: 'backoffice', name: 'staff_accounts' })
@Check('ck_staff_accounts_email', 'email = lower(email)')
@Check('ck_staff_accounts_role', `role IN (${STAFF_ROLES.map((role) => `'${role}'`).join(', ')})`)
@Index('ux_staff_accounts_email', ['email'], { unique: true })
export class StaffAccount {
  /** UUIDv7 made by the application. */
  @PrimaryColumn('uuid')
  id: string;

  /** Name to sign in with, in lower case. */
  @Column({ type: 'text' })
  email: string;

  /** The person's name as colleagues and the audit log see it. */
  @Column({ type: 'text' })
  name: string;

  /** Argon2id in the PHC string format. */
  @Column({ type: 'text', name: 'password_hash' })
  passwordHash: string;

  /** What the person may do; see {@link STAFF_ROLES}. */
  @Column({ type: 'text' })
  role: StaffRole;

  /** The person's own user in `identity.users`, when there is one. */
  @Column({ type: 'uuid', name: 'user_id', nullable: true })
  userId: string | null;

  /** From this time on the account cannot sign in, and its sessions end. */
  @Column({ type: 'timestamptz', precision: 3, name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  /** Wrong passwords since the last right one. */
  @Column({ type: 'integer', name: 'failed_attempts', default: 0 })
  failedAttempts: number;

  /** Until this time even the right password is refused. */
  @Column({ type: 'timestamptz', precision: 3, name: 'locked_until', nullable: true })
  lockedUntil: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'last_login_at', nullable: true })
  lastLoginAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
