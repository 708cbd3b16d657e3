import { Test } from '@nestjs/testing';
import { SandboxHarness, SECRET_KEY, WEBHOOK_SECRET } from '../../../../test/support/sandbox-harness.js';
import { PaymentsSandboxAddress, PaymentsSandboxModule } from './index.js';

describe('PaymentsSandboxModule', () => {
  it('starts the sandbox before others are given its address and stops it with the application', async () => {
    const harness = await SandboxHarness.start();
    const options = { pool: harness.pool, secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, webhookUrl: () => harness.receiver.url };
    const module = await Test.createTestingModule({
      imports: [PaymentsSandboxModule.registerAsync({ useFactory: () => options })],
      providers: [{ provide: 'BASE', inject: [PaymentsSandboxAddress], useFactory: ({ apiBase }: PaymentsSandboxAddress) => apiBase }],
    }).compile();
    await module.init();
    const base = module.get<string>('BASE');
    expect((await fetch(`${base}/v1/balance`)).status).toBe(401);
    await module.close();
    await expect(fetch(`${base}/v1/balance`)).rejects.toThrow('fetch failed');
    await harness.stop();
  });
});
