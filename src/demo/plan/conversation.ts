import { Dice } from '../pictures/dice.js';
import { shuffled } from './attention.js';
import type { DemoCase, DemoComment, DemoMark, DemoPerson } from './plan.js';

/** What people write below a case, and what its owner answers. */
const TALKS: readonly (readonly [comment: string, reply?: string])[] = [
  ['Get well soon! Is there anything needed beside money?', 'Thank you! Old blankets and towels are always welcome.'],
  ['Happy to see this moving so fast. Well done, everybody.'],
  ['Which clinic is it? I live near and could bring food.', 'It is named above. Please call them before you come.'],
  ['Shared with my neighbours.', 'That helps more than you think!'],
  ['I gave a little. Please keep us posted.', 'We will, with pictures and every bill.'],
  ['Стискаме палци!'],
  ['Is a foster home still needed for the weeks after?', 'Yes, please! Write to us and we will arrange a visit.'],
  ['I saw this one in the street last month. So glad that somebody stopped.'],
  ['How did the night go?', 'Quietly. Ate half a bowl this morning.'],
  ['I can drive on Saturday if transport is needed.', 'Saturday would be perfect, thank you.'],
  ['Браво на екипа, благодаря ви!', 'Благодарим и ние за подкрепата!'],
  ['What will happen with what is given beyond the goal?', 'It stays with this case: check-ups and food until a home is found.'],
];

/** Nobody writes more than that, as the limits of the API would have it. */
const MOST_BY_ONE = 8;

/** Who vouches for what and who says what: cases that the community verified have its word, others one or two. The same plan always gives the same. */
export function planConversation(people: DemoPerson[], cases: DemoCase[]): { endorsements: DemoMark[]; comments: DemoComment[] } {
  const dice = new Dice(1912);
  const endorsements: DemoMark[] = [];
  const comments: DemoComment[] = [];
  const written = new Map<string, number>();
  const mayWrite = (key: string): boolean => (written.get(key) ?? 0) < MOST_BY_ONE;
  const write = (key: string): unknown => written.set(key, (written.get(key) ?? 0) + 1);

  for (const plan of cases) {
    const { title, owner, published, stages = [] } = plan;
    const closing = stages.find(({ stage }) => stage.startsWith('closed'));
    const open = Math.min(published, closing?.after ?? published);
    if (plan.risk || plan.hidden || open < 4) continue;
    const others = shuffled(people.filter(({ key, role, joined }) => key !== owner && role !== 'admin' && joined >= published + 7), dice);

    const vouching = plan.verification === 'community' ? 3 : dice.chance(0.4) ? 1 + Math.floor(dice.next() * 2) : 0;
    for (const { key } of others.slice(0, vouching)) endorsements.push({ person: key, title, daysAgo: published - 2 });

    if (dice.chance(0.5)) continue;
    for (const [comment, reply] of shuffled([...TALKS], dice).slice(0, 1 + Math.floor(dice.next() * 2))) {
      const author = others.find(({ key }) => mayWrite(key) && !comments.some((said) => said.title === title && said.person === key));
      if (!author) break;
      write(author.key);
      const answered = reply !== undefined && mayWrite(owner);
      if (answered) write(owner);
      comments.push({ person: author.key, title, daysAgo: published - 3, text: comment, ...(answered ? { reply } : {}) });
    }
  }
  return { endorsements, comments };
}
