/**
 * Fingerprint of a case's text: 32-bit FNV-1a over the JSON of its three fields (behaviour 2.26). A
 * translation is fresh while it carries the same one.
 */
export function sourceHash(text: { title: string; description: string; story: string | null }): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify([text.title, text.description, text.story]))) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
