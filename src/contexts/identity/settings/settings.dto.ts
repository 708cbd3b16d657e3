import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, ValidateIf } from 'class-validator';
import { LOCALES, type Locale } from '../../../platform/config/config.js';

const CURRENCIES = Intl.supportedValuesOf('currency');
const present = (_: object, value: unknown): boolean => value !== undefined;

/** What a person wants from us. */
export class SettingsView {
  /** Letters about own cases and donations; on unless switched off. */
  emailNotifications: boolean;
  /** Notifications on devices; on unless switched off. */
  pushNotifications: boolean;
  /** On unless switched off. */
  donationReminders: boolean;
  /** Off unless switched on. */
  marketingEmails: boolean;
  language: Locale;
  /** ISO 4217. @example EUR */
  currency: string;
}

/** Changes of the settings; what is left out stays. */
export class UpdateSettings {
  @ValidateIf(present)
  @IsBoolean()
  emailNotifications?: boolean;

  @ValidateIf(present)
  @IsBoolean()
  pushNotifications?: boolean;

  @ValidateIf(present)
  @IsBoolean()
  donationReminders?: boolean;

  @ValidateIf(present)
  @IsBoolean()
  marketingEmails?: boolean;

  @ValidateIf(present)
  @IsIn(LOCALES)
  language?: Locale;

  /** ISO 4217, upper or lower case. @example EUR */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @ValidateIf(present)
  @IsIn(CURRENCIES, { message: 'currency must be an ISO 4217 code' })
  currency?: string;
}
