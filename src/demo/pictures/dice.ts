/** Repeatable chance: the same seed always throws the same numbers (the mulberry32 generator). */
export class Dice {
  private state: number;

  /** @param seed any integer */
  constructor(seed: number) {
    this.state = seed >>> 0;
    // Neighbouring seeds start alike; a few throws part them.
    for (let warmUp = 0; warmUp < 5; warmUp++) this.next();
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A number between the two, to a tenth, as fine as a drawing needs. */
  between(low: number, high: number): number {
    return Math.round((low + this.next() * (high - low)) * 10) / 10;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}
