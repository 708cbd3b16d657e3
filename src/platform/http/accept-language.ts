/**
 * Which of `supported` a client likes best by its `Accept-Language` header; null when none.
 * `de-AT;q=0.8` asks for `de`.
 */
export function preferredLanguage<L extends string>(header: string | undefined, supported: readonly L[]): L | null {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = Number(parameters.map((one) => one.trim()).find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    return { language: tag.split('-')[0], quality };
  });
  const known = wishes.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  return known.map(({ language }) => supported.find((one) => one === language)).find((one) => one !== undefined) ?? null;
}
