/** Cyrillic letters as the Bulgarian transliteration law writes them, and what Russian and Ukrainian have beside. */
const LETTERS: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sht', ъ: 'a', ь: '', ю: 'yu', я: 'ya',
  ё: 'e', ы: 'y', э: 'e', і: 'i', ї: 'i', є: 'e', ґ: 'g', ѝ: 'i',
};

/** Latin letters that do not come apart into a base letter and an accent. */
const LATIN: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' };

/** Cities with names that no rule leads to each other: key -> its other spellings, transliterated. */
const SPELLINGS: Record<string, string[]> = {
  sofia: ['sofya', 'sofija', 'sofiya', 'sophia'],
  burgas: ['bourgas'],
  ruse: ['rousse', 'russe'],
  'veliko tarnovo': ['veliko turnovo', 'veliko tirnovo', 'tarnovo'],
  pazardzhik: ['pazardjik'],
  kyiv: ['kiiv', 'kiev', 'kijv'],
  kharkiv: ['harkiv', 'harkov', 'kharkov'],
  lviv: ['lvov', 'lwow'],
  odesa: ['odessa'],
  dnipro: ['dnepr', 'dnipropetrovsk'],
  moscow: ['moskva', 'moskau'],
  warsaw: ['warszawa', 'varshava'],
  krakow: ['cracow', 'krakov'],
  berlin: ['berlino'],
  munich: ['munchen', 'muenchen', 'myunhen', 'miunhen', 'mjunhen'],
  cologne: ['koln', 'koeln', 'kyoln'],
  hamburg: ['gamburg'],
  vienna: ['wien', 'viena', 'vena'],
  bucharest: ['bucuresti', 'bukuresht', 'buharest'],
  thessaloniki: ['solun', 'saloniki'],
  istanbul: ['stambul', 'tsarigrad'],
  london: [],
  amsterdam: [],
};

const ALIASES = new Map(Object.entries(SPELLINGS).flatMap(([key, spellings]) => spellings.map((spelling) => [spelling, key] as const)));

/**
 * The key under which the spellings of one city meet, in Cyrillic or Latin: `София`, `Sofia` and `SOFIA`
 * are all `sofia`, `Бургас` and `Bourgas` are `burgas`. Store it beside the name and compare keys only.
 * @returns lower-case ASCII words with single spaces; empty when the name holds no letter or digit
 */
export function cityKey(name: string): string {
  const letters = Array.from(name.normalize('NFC').toLowerCase(), (letter) => LETTERS[letter] ?? LATIN[letter] ?? letter).join('');
  const words = letters
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(gr|grad) (?=\p{L})/u, '')
    // The same law: -ия at the end of a word is -ia.
    .replace(/iya\b/g, 'ia');
  return ALIASES.get(words) ?? words;
}
