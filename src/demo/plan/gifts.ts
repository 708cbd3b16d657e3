import { Dice } from '../pictures/dice.js';
import { DONOR_KEYS } from './people.js';
import type { DemoCampaign, DemoCase, DemoDonation } from './plan.js';

/** At most this many of one person, since the tenth checkout within an hour is the last that is allowed. */
const MOST_OF_ONE = 9;
/** Largest and smallest gift, whole euros. */
const LARGEST = 300;
const SMALLEST = 1;
const ROUND = [1, 3, 5, 5, 10, 10, 10, 15, 20, 20, 20, 25, 30, 40, 50, 50, 75, 100, 150, 200, 300];

const WORDS = [
  'Дръжте се!',
  'From our whole office, get well soon.',
  'За Ива и нейния Шаро, които вече ги няма.',
  'Not much this month, more next month.',
  'Благодаря, че сте там.',
  'Please kiss the nose for me.',
  'Обещах на дъщеря ми.',
  'In memory of Bruno, 2009 to 2024.',
  'Пари от рожден ден, по-добро не измислих.',
  'I lived in Varna once. Thank you for what you do.',
  'Малко, но от сърце.',
  'For the vet who stayed until midnight.',
] as const;

/** What goes wrong: how many cards are declined and how many checkouts nobody finishes. */
const DECLINED = 7;
const LEFT_OPEN = 3;

/** Shares out gifts to cases and campaigns; the same plan always gives the same gifts. */
export function planGifts(cases: DemoCase[], campaigns: DemoCampaign[]): DemoDonation[] {
  const dice = new Dice(1863);
  const donors = new Donors(dice);
  const gifts: DemoDonation[] = [];
  const give = (to: string, kind: DemoDonation['kind'], owner: string, euros: number, daysAgo: number, outcome: DemoDonation['outcome'] = 'paid'): void => {
    const donor = donors.next(to, owner, euros);
    gifts.push({
      key: `demo-gift-${gifts.length + 1}`,
      donor,
      to,
      kind,
      amount: euros * 100,
      daysAgo,
      outcome,
      anonymous: dice.chance(0.17),
      ...(dice.chance(0.28) ? { message: dice.pick(WORDS) } : {}),
    });
  };

  for (const plan of cases) {
    const amounts = plan.gifts === 'funded' ? untilFunded(plan.goal, dice) : someOf(plan.goal, plan.gifts, dice);
    amounts.forEach((euros, i) => give(plan.title, 'case', plan.owner, euros, dayOf(plan, i / amounts.length, dice)));
  }
  for (const campaign of campaigns) {
    for (let i = 0; i < campaign.gifts; i++) give(campaign.title, 'campaign', campaign.creator, roundGift(dice, LARGEST, 20), Math.floor((campaign.created - 1) * dice.next()));
  }
  const open = cases.filter((plan) => plan.gifts !== 0 && !plan.hidden && lastDay(plan) === 0);
  for (let i = 0; i < DECLINED; i++) {
    const plan = open[(i * 5) % open.length]!;
    give(plan.title, 'case', plan.owner, roundGift(dice, 80), Math.floor(plan.published * dice.next()), 'declined');
  }
  for (let i = 0; i < LEFT_OPEN; i++) {
    const plan = open[(i * 7 + 3) % open.length]!;
    give(plan.title, 'case', plan.owner, roundGift(dice, 60), 0, 'left open');
  }
  return gifts;
}

/** Three gifts or more that reach the goal, the last of them exactly or a little more. */
function untilFunded(goal: number, dice: Dice): number[] {
  const amounts: number[] = [];
  let left = goal;
  while (left > LARGEST * 0.9 || amounts.length < 2) {
    const euros = Math.max(SMALLEST, Math.min(LARGEST, Math.round((left * dice.between(0.42, 0.72)) / 5) * 5));
    amounts.push(euros);
    left -= euros;
  }
  return [...amounts, left + dice.pick([0, 0, 0, 5, 12])];
}

/** So many gifts that leave at least a quarter of the goal open. */
function someOf(goal: number, count: number, dice: Dice): number[] {
  return Array.from({ length: count }, () => roundGift(dice, Math.min(LARGEST, (goal * 0.75) / count)));
}

function roundGift(dice: Dice, most: number, least = SMALLEST): number {
  const [first = SMALLEST, ...others] = ROUND.filter((euros) => euros >= least && euros <= most);
  return dice.pick([first, ...others]);
}

/** The last day on which a case takes gifts, in days before the seed. */
const lastDay = ({ published, stages = [] }: DemoCase): number => {
  const closing = stages.find(({ stage }) => stage.startsWith('closed'));
  return closing ? published - closing.after + 1 : 0;
};

/** Most give soon after a case is published. */
function dayOf(plan: DemoCase, progress: number, dice: Dice): number {
  const open = Math.min(plan.published - lastDay(plan), 14);
  return plan.published - Math.floor(open * progress * dice.between(0.5, 1));
}

/** Hands out donors in turn: nobody gives twice the same to the same, to themselves, or too often. */
class Donors {
  private readonly given = new Map<string, number>();
  private readonly wishes = new Set<string>();
  private turn = 0;

  constructor(private readonly dice: Dice) {}

  next(to: string, owner: string, euros: number): string {
    this.turn += 1 + Math.floor(this.dice.next() * 4);
    for (let step = 0; step < DONOR_KEYS.length; step++) {
      const donor = DONOR_KEYS[(this.turn + step) % DONOR_KEYS.length]!;
      const wish = `${donor} ${to} ${euros}`;
      if (donor === owner || this.wishes.has(wish) || (this.given.get(donor) ?? 0) >= MOST_OF_ONE) continue;
      this.given.set(donor, (this.given.get(donor) ?? 0) + 1);
      this.wishes.add(wish);
      return donor;
    }
    throw new Error(`Nobody is left to give ${euros} euros to ${to}`);
  }
}
