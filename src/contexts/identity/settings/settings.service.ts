import { Injectable } from '@nestjs/common';
import { defineAuditAction } from '../../../platform/audit/audit-entry.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { SettingsView, UpdateSettings } from './settings.dto.js';
import { UserSettings } from './user-settings.entity.js';

const settingsUpdated = defineAuditAction('settings.updated', 'user');

/** Behaviour 2.2. */
const DEFAULTS: SettingsView = {
  emailNotifications: true,
  pushNotifications: true,
  donationReminders: true,
  marketingEmails: false,
  language: 'en',
  currency: 'EUR',
};

@Injectable()
export class SettingsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The person's settings; the defaults, without writing them, where nothing was ever chosen. */
  async get(userId: string): Promise<SettingsView> {
    return settingsView(await this.database.manager.findOneBy(UserSettings, { userId }));
  }

  /** Stores what was given. The audit row names the changed fields and not their values. */
  update(actor: UserActor, change: UpdateSettings): Promise<SettingsView> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      // The first write of two at once makes the row; the other one then waits for its lock.
      await tx.manager.createQueryBuilder().insert().into(UserSettings).values({ userId: actor.userId, ...DEFAULTS, updatedAt: now }).orIgnore().execute();
      const before = settingsView(await tx.lock(UserSettings, { userId: actor.userId }));
      const fields = (Object.keys(before) as (keyof SettingsView)[]).filter((field) => change[field] !== undefined && change[field] !== before[field]);
      if (fields.length === 0) return before;
      const after: SettingsView = { ...before, ...Object.fromEntries(fields.map((field) => [field, change[field]])) };
      await tx.manager.update(UserSettings, { userId: actor.userId }, { ...after, updatedAt: now });
      tx.audit(actor, settingsUpdated, actor.userId, { fields });
      return after;
    });
  }
}

function settingsView(row: UserSettings | null): SettingsView {
  const { emailNotifications, pushNotifications, donationReminders, marketingEmails, language, currency } = row ?? DEFAULTS;
  return { emailNotifications, pushNotifications, donationReminders, marketingEmails, language, currency };
}
