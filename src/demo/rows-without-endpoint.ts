import type { Database } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import { type DemoWorld, known } from './demo-world.js';
import type { DemoCampaign } from './plan/index.js';

/** What the demo shows although no endpoint makes it: staff enter campaigns, and the platform gives badges. */
export async function staffEnterRows(world: DemoWorld, daysAgo: number): Promise<void> {
  const campaigns = world.plan.campaigns.filter(({ created }) => created === daysAgo);
  const badges = world.plan.badges.filter((badge) => badge.daysAgo === daysAgo);
  for (const campaign of campaigns) world.campaigns.set(campaign.title, await enterCampaign(world, campaign));
  for (const { person, type, description } of badges) {
    await world.database.transaction((tx) =>
      tx.query(
        `INSERT INTO engagement.achievements (id, user_id, type, unlocked_at, metadata) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, type) DO NOTHING`,
        [newId(), world.client.idOf(person), type, world.momentOf(daysAgo), { description }],
      ),
    );
  }
}

async function enterCampaign(world: DemoWorld, campaign: DemoCampaign): Promise<string> {
  const at = world.momentOf(campaign.created);
  return world.database.transaction(async (tx) => {
    const there = await tx.query<{ id: string }>(`SELECT id FROM giving.campaigns WHERE title = $1`, [campaign.title]);
    if (there[0]) return there[0].id;
    const id = newId();
    await tx.query(
      `INSERT INTO giving.campaigns
         (id, title, description, campaign_type, initiative_key, initiative_category, featured_initiative, goal, current, unit, end_date, status,
          creator_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', $12, $13, $13)`,
      [
        id,
        campaign.title,
        campaign.description,
        campaign.campaignType,
        campaign.initiativeKey ?? null,
        campaign.initiativeCategory ?? null,
        campaign.featured,
        campaign.goal,
        campaign.counted ?? 0,
        campaign.unit,
        campaign.endsIn === undefined ? null : world.momentOf(-campaign.endsIn),
        world.client.idOf(campaign.creator),
        at,
      ],
    );
    for (const title of campaign.cases) {
      await tx.query(`INSERT INTO giving.campaign_cases (campaign_id, case_id, added_at) VALUES ($1, $2, $3)`, [id, known(world.cases, title), at]);
    }
    return id;
  });
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
