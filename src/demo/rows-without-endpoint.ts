import type { Database } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import type { DemoWorld } from './demo-world.js';

/** What the demo shows although no endpoint makes it: the platform gives badges. */
export async function platformGivesBadges(world: DemoWorld, daysAgo: number): Promise<void> {
  for (const { person, type, description } of world.plan.badges.filter((badge) => badge.daysAgo === daysAgo)) {
    await world.database.transaction((tx) =>
      tx.query(
        `INSERT INTO engagement.achievements (id, user_id, type, unlocked_at, metadata) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, type) DO NOTHING`,
        [newId(), world.client.idOf(person), type, world.momentOf(daysAgo), { description }],
      ),
    );
  }
}

/** Whether nobody uses this installation yet. */
export async function isEmpty(database: Database): Promise<boolean> {
  const row = await database.row<{ used: boolean }>(`SELECT EXISTS (SELECT 1 FROM identity.public_users) AS used`);
  return row?.used === false;
}

/** Runs `act` unless another process of this installation is at it; answers whether it ran. */
export async function unlessElsewhere(database: Database, act: () => Promise<void>): Promise<boolean> {
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(hashtext('demo seed')) AS taken`);
    if (!rows[0]?.taken) return false;
    await act();
    await client.query(`SELECT pg_advisory_unlock(hashtext('demo seed'))`);
    return true;
  } finally {
    // Closed, not given back: with the connection goes the lock, whatever happened.
    client.release(true);
  }
}
