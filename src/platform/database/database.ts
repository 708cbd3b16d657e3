import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ClsService } from 'nestjs-cls';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Tx } from './tx.js';

/**
 * The one door to Postgres: commands open a {@link transaction}, hot reads run {@link rows}. Nothing
 * else may query, so that tenant settings can later join at this boundary.
 */
@Injectable()
export class Database {
  constructor(
    @InjectDataSource() readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly cls: ClsService,
  ) {
    // A connection that is lost while checked out fails its query; without a listener its error would end the process.
    this.pool.on('acquire', (client) => {
      if (client.listenerCount('error') === 0) client.on('error', () => undefined);
    });
  }

  /**
   * Runs a command in one transaction (READ COMMITTED) and commits what it did with its audit rows,
   * events and signals, or nothing at all. Never call another system inside.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const tx = new Tx(manager, this.clock.now(), this.cls.isActive() ? (this.cls.getId() ?? null) : null);
      const result = await work(tx);
      await tx.flush();
      return result;
    });
  }

  /** Entity reads outside a transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * A hot read as hand-written SQL, prepared once per connection under a name derived from its text.
   * Keep the number of different texts bounded: conditions come as parameters or from a fixed list.
   * @param options.prepared false plans the statement anew for the values at hand: for text search, where
   *   one plan for every pattern is a bad one
   */
  async rows<R>(sql: string, parameters: unknown[] = [], { prepared = true }: { prepared?: boolean } = {}): Promise<R[]> {
    const result = await this.pool.query({
      ...(prepared && this.config.databasePreparedStatements ? { name: statementName(sql) } : {}),
      text: sql,
      values: parameters,
    });
    return result.rows as R[];
  }

  /** Like {@link rows}, for questions with one answer. */
  async row<R>(sql: string, parameters: unknown[] = []): Promise<R | null> {
    return (await this.rows<R>(sql, parameters))[0] ?? null;
  }

  /** The pool itself, for libraries that bring their own SQL (sessions, rate limits, sandbox). */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}

const names = new Map<string, string>();

function statementName(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = `q_${createHash('sha1').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
  }
  return name;
}
