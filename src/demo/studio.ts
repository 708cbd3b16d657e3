import { demoPicture, type DemoPicture } from './demo-pictures.js';
import type { DemoCase, DemoPlan } from './plan/index.js';

/** Pictures drawn ahead of their need, in the order of the days. */
const AHEAD = 6;
/** Picture numbers that one case may use. */
const PER_CASE = 10;

/** Draws the demo's pictures, a few ahead of the days, since drawing takes longer than anything else. */
export class Studio {
  private readonly numbers: Map<string, number>;
  private readonly orders: DemoPicture[];
  private readonly drawn = new Map<number, Promise<Buffer>>();

  constructor(plan: DemoPlan) {
    this.numbers = new Map(plan.cases.map(({ title }, i) => [title, i * PER_CASE]));
    this.orders = plan.cases
      .flatMap((one) => [
        ...one.pictures.map((picture, i) => ({ daysAgo: one.published, picture: this.order(one, picture, i) })),
        ...one.updates.flatMap((update, i) =>
          update.picture ? [{ daysAgo: one.published - update.after, picture: this.order(one, update.picture, one.pictures.length + i) }] : [],
        ),
      ])
      .sort((a, b) => b.daysAgo - a.daysAgo)
      .map(({ picture }) => picture);
  }

  /** The pictures of a case, as JPEG. */
  ofCase(plan: DemoCase): Promise<Buffer[]> {
    return Promise.all(plan.pictures.map((picture, i) => this.take(this.order(plan, picture, i))));
  }

  /** The picture of a case's update, as JPEG. */
  ofUpdate(plan: DemoCase, index: number, picture: Omit<DemoPicture, 'seed'>): Promise<Buffer> {
    return this.take(this.order(plan, picture, plan.pictures.length + index));
  }

  private order(plan: DemoCase, picture: Omit<DemoPicture, 'seed'>, number: number): DemoPicture {
    return { ...picture, seed: this.numbers.get(plan.title)! + number };
  }

  private async take(wanted: DemoPicture): Promise<Buffer> {
    const place = this.orders.findIndex(({ seed }) => seed === wanted.seed);
    for (const picture of this.orders.slice(place, place + AHEAD)) void this.draw(picture);
    const picture = await this.draw(wanted);
    // Kept as an empty promise, so that it is not drawn again for who comes later.
    this.drawn.set(wanted.seed, Promise.resolve(picture));
    return picture;
  }

  private draw(picture: DemoPicture): Promise<Buffer> {
    const drawing = this.drawn.get(picture.seed) ?? demoPicture(picture);
    // Whoever takes it sees the failure; drawn ahead, it must not end the process.
    drawing.catch(() => undefined);
    this.drawn.set(picture.seed, drawing);
    return drawing;
  }
}
