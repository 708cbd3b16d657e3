import { type DynamicModule, type FactoryProvider, Inject, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { PaymentsSandbox, type PaymentsSandboxOptions } from './payments-sandbox.js';

/** Where the application serves the hosted pages, so that their addresses outlive the sandbox's own port. */
export const SANDBOX_PAGES_PREFIX = '/sandbox';

/** Where the running sandbox is reached: `http://127.0.0.1:<port>`. */
export class PaymentsSandboxAddress {
  constructor(readonly apiBase: string) {}
}

/**
 * Runs the payments sandbox inside the application: started before anyone is given its address, stopped with
 * the application. A factory that answers null leaves it out; its address is null then.
 */
@Module({})
export class PaymentsSandboxModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @Inject(PaymentsSandbox) private readonly sandbox: PaymentsSandbox | null,
    private readonly http: HttpAdapterHost,
  ) {}

  static registerAsync(options: Pick<FactoryProvider<PaymentsSandboxOptions | null>, 'inject' | 'useFactory'>): DynamicModule {
    return {
      module: PaymentsSandboxModule,
      providers: [
        {
          provide: PaymentsSandbox,
          inject: options.inject ?? [],
          useFactory: async (...given: unknown[]) => {
            const chosen = await options.useFactory(...given);
            return chosen && new PaymentsSandbox(chosen);
          },
        },
        {
          provide: PaymentsSandboxAddress,
          inject: [PaymentsSandbox],
          useFactory: async (sandbox: PaymentsSandbox | null) => sandbox && new PaymentsSandboxAddress((await sandbox.start()).apiBase),
        },
      ],
      exports: [PaymentsSandboxAddress],
    };
  }

  /** Not awaited: awaiting a registration boots Fastify, before Nest has set its error handler. */
  onModuleInit(): void {
    if (!this.sandbox || !this.http.httpAdapter) return;
    const application: FastifyInstance = this.http.httpAdapter.getInstance();
    void application.register(this.sandbox.pages, { prefix: SANDBOX_PAGES_PREFIX });
  }

  async onModuleDestroy(): Promise<void> {
    await this.sandbox?.stop();
  }
}
