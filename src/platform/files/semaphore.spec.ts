import { Semaphore } from './semaphore.js';

describe('Semaphore', () => {
  it('runs no more at once than it has slots, in order of arrival, and frees the slot of a failure', async () => {
    const semaphore = new Semaphore(2);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const tasks = Array.from({ length: 7 }, (_, index) =>
      semaphore.run(async () => {
        started.push(index);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        if (index === 1) throw new Error('failed');
        return index;
      }),
    );
    const outcomes = await Promise.allSettled(tasks);
    expect(most).toBe(2);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(outcomes.map((outcome) => outcome.status === 'fulfilled')).toEqual([true, false, true, true, true, true, true]);
  });
});
