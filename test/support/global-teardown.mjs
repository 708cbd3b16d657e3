/** Stops what the set-up started. */
export default async function tearDown() {
  globalThis.__servers.redis?.kill();
  await globalThis.__servers.postgres?.stop();
}
