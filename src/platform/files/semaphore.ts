/** Lets at most `slots` tasks run at once; the rest wait in order of arrival. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];

  constructor(private slots: number) {}

  /** Runs the task when a slot is free and answers what it answers. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.slots > 0) this.slots--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The slot passes straight to the next in line, so that a newcomer cannot take it first.
      const next = this.waiting.shift();
      if (next) next();
      else this.slots++;
    }
  }
}
