import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, ValidateIf } from 'class-validator';
import { LOCALES, type Locale } from '../../../platform/config/config.js';

const CURRENCIES = Intl.supportedValuesOf('currency');
const present = (_: object, value: unknown): boolean => value !== undefined;

/** What a person wants from us. */
export class SettingsView {
  /** Letters about own cases and donations; on unless switched off. @example true */
  emailNotifications: boolean;
  /** Notifications on devices; on unless switched off. @example true */
  pushNotifications: boolean;
  /** Reminders of donations that were begun; on unless switched off. @example true */
  donationReminders: boolean;
  /** News and campaigns; off unless switched on. @example false */
  marketingEmails: boolean;
  /** Language of letters and pages. @example bg */
  language: Locale;
  /** Currency that amounts are shown in first, ISO 4217. @example EUR */
  currency: string;
}

/** Changes of the settings; what is left out stays. */
export class UpdateSettings {
  /** Letters about own cases and donations. @example true */
  @ValidateIf(present)
  @IsBoolean()
  emailNotifications?: boolean;

  /** Notifications on devices. @example true */
  @ValidateIf(present)
  @IsBoolean()
  pushNotifications?: boolean;

  /** Reminders of donations that were begun. @example true */
  @ValidateIf(present)
  @IsBoolean()
  donationReminders?: boolean;

  /** News and campaigns. @example false */
  @ValidateIf(present)
  @IsBoolean()
  marketingEmails?: boolean;

  /** Language of letters and pages. @example bg */
  @ValidateIf(present)
  @IsIn(LOCALES)
  language?: Locale;

  /** Currency that amounts are shown in first: ISO 4217, upper or lower case. @example EUR */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @ValidateIf(present)
  @IsIn(CURRENCIES, { message: 'currency must be an ISO 4217 code' })
  currency?: string;
}
