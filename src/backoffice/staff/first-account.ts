import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { InstallationSecrets } from '../../platform/secrets/installation-secrets.js';
import { StaffAccountsService } from './staff-accounts.service.js';

/** How to enter the back office for the first time; outside production the password was made up and is kept. */
export interface FirstAccount {
  email: string;
  password: string;
}

/**
 * Makes the first staff account when there is none.
 * @returns its login where it may be shown: outside production, with a password of our own making
 */
export async function ensureFirstAccount(app: INestApplicationContext, config: Config): Promise<FirstAccount | null> {
  const made = config.staff.password === undefined && !config.production;
  const password = made ? await app.get(InstallationSecrets).get('staff-password', () => randomBytes(9).toString('base64url')) : config.staff.password;
  if (!password) return null;
  const [existing] = await app.get(Database).rows(`SELECT 1 FROM backoffice.staff_accounts LIMIT 1`);
  if (!existing) {
    await app
      .get(StaffAccountsService, { strict: false })
      .create({ id: newId(), email: config.staff.email, name: 'First staff account', password, role: 'superadmin' })
      .catch((error: unknown) => {
        // A second process that starts at the same moment made it.
        if ((error as { code?: string }).code !== '23505') throw error;
      });
  }
  return made ? { email: config.staff.email, password } : null;
}
