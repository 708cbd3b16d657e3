import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LOCALES, type Locale } from '../../../platform/config/config.js';
import { ClosedSetColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. What one person wants from us (spec table `userSettings`, behaviour 2.2); no row means the defaults. */
@Entity({ schema: 'identity', name: 'user_settings' })
@Index('ix_user_settings_by_user', ['userId'], { unique: true })
export class UserSettings {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('User') userId: string;

  @Column({ type: 'boolean' }) emailNotifications: boolean;

  @Column({ type: 'boolean' }) pushNotifications: boolean;

  @Column({ type: 'boolean' }) donationReminders: boolean;

  @Column({ type: 'boolean' }) marketingEmails: boolean;

  @ClosedSetColumn('user_settings', LOCALES) language: Locale;

  /** ISO 4217. */
  @Column({ type: 'text' }) currency: string;

  @TimeColumn() updatedAt: Date;
}
