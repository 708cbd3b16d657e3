import { once } from 'node:events';
import { connect } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { TestApp } from '../../../test/support/test-app.js';
import { Public } from '../auth/access.js';

let release: () => void;
const released = new Promise<void>((resolve) => (release = resolve));

@Controller('test/slow')
@Public()
class SlowController {
  @Get()
  async wait(): Promise<string> {
    await released;
    return 'done';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('a server that closes', () => {
  it('answers the request under way, and waits for no connection that asks for nothing', async () => {
    const app = await TestApp.start({}, [SlowModule]);
    const silent = connect(Number(new URL(app.url).port), '127.0.0.1');
    await once(silent, 'connect');
    const gone = once(silent, 'close');
    const answer = app.get<string>('/test/slow');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = app.stop();
    await gone;
    release();
    await expect(answer).resolves.toMatchObject({ status: 200 });
    await stopped;
  }, 20_000);
});
