import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';

/** Secrets made at first use and shared by every process of the installation. */
@Injectable()
export class InstallationSecrets {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The secret called `name`; the first process to ask makes it. */
  async get(name: string, make: () => string | Promise<string> = () => randomBytes(32).toString('hex')): Promise<string> {
    const known = this.known.get(name) ?? (await this.read(name)) ?? (await this.create(name, await make()));
    this.known.set(name, known);
    return known;
  }

  /** The secret called `name`, when somebody has made it. */
  async find(name: string): Promise<string | undefined> {
    return this.known.get(name) ?? this.read(name);
  }

  private async read(name: string): Promise<string | undefined> {
    return (await this.database.row<{ value: string }>(`SELECT value FROM platform.installation_secrets WHERE name = $1`, [name]))?.value;
  }

  private async create(name: string, value: string): Promise<string> {
    await this.database.rows(
      `INSERT INTO platform.installation_secrets (name, value, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`,
      [name, value, this.clock.now()],
    );
    return (await this.read(name))!;
  }
}
