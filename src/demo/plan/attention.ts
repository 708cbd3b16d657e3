import { Dice } from '../pictures/dice.js';
import type { DemoCase, DemoFollow, DemoMark, DemoPerson } from './plan.js';

/** Who likes, saves and follows what: more for what is older and more urgent. The same plan always gives the same. */
export function planAttention(people: DemoPerson[], cases: DemoCase[]): { likes: DemoMark[]; saves: DemoMark[]; follows: DemoFollow[] } {
  const dice = new Dice(1878);
  const likes: DemoMark[] = [];
  const saves: DemoMark[] = [];
  const follows: DemoFollow[] = [];

  for (const plan of cases) {
    if (plan.risk?.level === 'high') continue;
    const fans = shuffled(people.filter(({ key, joined }) => key !== plan.owner && joined >= plan.published), dice);
    const liked = 1 + Math.floor(dice.next() * (plan.type === 'critical' ? 7 : 5));
    for (const { key } of fans.slice(0, liked)) likes.push({ person: key, title: plan.title, daysAgo: Math.floor(plan.published * dice.next()) });
    for (const { key } of fans.slice(liked - 1, liked + (dice.chance(0.5) ? 1 : 0))) saves.push({ person: key, title: plan.title, daysAgo: Math.floor(plan.published * dice.next()) });
  }

  const owners = [...new Set(cases.map(({ owner }) => owner))].filter((key) => people.some((person) => person.key === key && person.joined > 30));
  for (const { key } of people) {
    for (const owner of shuffled(owners, dice).slice(0, Math.floor(dice.next() * 3))) {
      if (owner !== key) follows.push({ follower: key, followed: owner, daysAgo: Math.floor(30 * dice.next()) });
    }
  }
  return { likes, saves, follows: follows.filter(({ follower }) => people.some(({ key, joined }) => key === follower && joined > 30)) };
}

/** The same values in another order. */
export function shuffled<T>(values: T[], dice: Dice): T[] {
  return values
    .map((value) => ({ value, place: dice.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
