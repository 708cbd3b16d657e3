import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../platform/database/columns.js';
import { STAFF_ROLES, type StaffRole } from '../../platform/backoffice/index.js';

/**
 * Aggregate root. Who may enter the back office (decision 21); not a table of the spec: the API's own
 * admin level is the user's `admin` role.
 */
@Entity({ schema: 'backoffice', name: 'staff_accounts' })
@Check('ck_staff_accounts_email', 'email = lower(email)')
@Index('ux_staff_accounts_email', ['email'], { unique: true })
export class StaffAccount {
  /** UUIDv7 made by the application. */
  @IdColumn()
  id: string;

  /** Name to sign in with, in lower case. */
  @Column({ type: 'text' })
  email: string;

  /** The person's name as colleagues and the audit log see it. */
  @Column({ type: 'text' })
  name: string;

  /** Argon2id in the PHC string format. */
  @Column({ type: 'text' })
  passwordHash: string;

  /** What the person may do; see {@link STAFF_ROLES}. */
  @ClosedSetColumn('staff_accounts', STAFF_ROLES)
  role: StaffRole;

  /** The person's own user in `identity.users`, when there is one. */
  @RefColumn({ nullable: true })
  @ForeignKey('User')
  userId: string | null;

  /** From this time on the account cannot sign in, and its sessions end. */
  @TimeColumn({ nullable: true })
  disabledAt: Date | null;

  /** Wrong passwords since the last right one. */
  @Column({ type: 'integer', default: 0 })
  failedAttempts: number;

  /** Until this time even the right password is refused. */
  @TimeColumn({ nullable: true })
  lockedUntil: Date | null;

  @TimeColumn({ nullable: true })
  lastLoginAt: Date | null;

  @TimeColumn({ default: () => 'now()' })
  createdAt: Date;
}
