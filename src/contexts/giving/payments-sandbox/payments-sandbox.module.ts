import { type DynamicModule, type FactoryProvider, Module, type OnModuleDestroy } from '@nestjs/common';
import { PaymentsSandbox, type PaymentsSandboxOptions } from './payments-sandbox.js';

/** Where the running sandbox is reached: `http://127.0.0.1:<port>`. */
export class PaymentsSandboxAddress {
  constructor(readonly apiBase: string) {}
}

/** Runs the payments sandbox inside the application: started before anyone is given its address, stopped with the application. */
@Module({})
export class PaymentsSandboxModule implements OnModuleDestroy {
  constructor(private readonly sandbox: PaymentsSandbox) {}

  static registerAsync(options: Pick<FactoryProvider<PaymentsSandboxOptions>, 'inject' | 'useFactory'> & Pick<DynamicModule, 'imports'>): DynamicModule {
    return {
      module: PaymentsSandboxModule,
      imports: options.imports ?? [],
      providers: [
        {
          provide: PaymentsSandbox,
          inject: options.inject ?? [],
          useFactory: async (...given: unknown[]) => new PaymentsSandbox(await options.useFactory(...given)),
        },
        {
          provide: PaymentsSandboxAddress,
          inject: [PaymentsSandbox],
          useFactory: async (sandbox: PaymentsSandbox) => new PaymentsSandboxAddress((await sandbox.start()).apiBase),
        },
      ],
      exports: [PaymentsSandboxAddress],
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.sandbox.stop();
  }
}
