import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { ChainHead } from './verify-chain.js';

/** Where the heads of a data folder are written down. */
export const anchorsFile = (dataDir: string): string => join(dataDir, 'audit-heads', 'heads.txt');

const LINE = /^(\d{4}-\d{2}-\d{2}) ([1-9]\d*) ([0-9a-f]{64})$/;

/**
 * Heads of the audit chain, one line a day: `2026-11-24 1834 <hash in hex>`. Whoever keeps a copy elsewhere
 * can prove later that nothing before was changed, whoever ruled the database.
 */
@Injectable()
export class AuditAnchors {
  private readonly path: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.path = anchorsFile(config.dataDir);
  }

  read(): Promise<ChainHead[]> {
    return readAnchors(this.path);
  }

  /**
   * Writes the head of a day down, once.
   * @returns the line, or null when the day has one
   */
  async record(day: Date, head: ChainHead): Promise<string | null> {
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a+', 0o600);
    try {
      const date = day.toISOString().slice(0, 10);
      const known = await file.readFile('utf8');
      if (known.split('\n').some((line) => LINE.exec(line)?.[1] === date)) return null;
      const line = `${date} ${head.seq} ${head.hash}`;
      // A crash while writing may have left half a line; a new one begins after it.
      await file.appendFile(`${known === '' || known.endsWith('\n') ? '' : '\n'}${line}\n`);
      await file.sync();
      return line;
    } finally {
      await file.close();
    }
  }
}

/** The heads in a file; none where there is no file. What is not a whole line is passed over. */
export async function readAnchors(path: string): Promise<ChainHead[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    const [, , seq, hash] = LINE.exec(line) ?? [];
    return seq && hash ? [{ seq: Number(seq), hash }] : [];
  });
}
