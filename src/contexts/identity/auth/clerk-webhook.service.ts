import { verifyWebhook, type WebhookEvent } from '@clerk/backend/webhooks';
import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { SYSTEM } from '../../../platform/auth/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { ConfigMissing, SignatureInvalid, ValidationFailed } from '../../../platform/http/problem.js';
import { type ProviderIdentity, UserAccounts, UserErasure } from '../users/index.js';

/** What is read of Clerk's user; anything may be missing, since only the signature is sure. */
interface ClerkUser {
  id?: unknown;
  first_name?: string | null;
  last_name?: string | null;
  image_url?: string | null;
  primary_email_address_id?: string | null;
  email_addresses?: { id?: string; email_address?: string }[];
  /** Milliseconds. */
  created_at?: number;
  updated_at?: number;
}

/** News of accounts from the identity provider (behaviour 2.1). */
@Injectable()
export class ClerkWebhook {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly accounts: UserAccounts,
    private readonly erasure: UserErasure,
  ) {}

  /**
   * Verifies the Svix signature over the raw body and does what the event says. Repeats and any order are
   * harmless.
   * @throws ConfigMissing without a signing secret
   * @throws SignatureInvalid when headers are missing, wrong or older than five minutes
   */
  async receive(headers: IncomingHttpHeaders, rawBody: Buffer): Promise<void> {
    const event = await this.verify(headers, rawBody);
    const user = event.data as ClerkUser;
    switch (event.type) {
      case 'user.created':
      case 'user.updated':
        await this.accounts.mirror(identityOf(user, new Date(Number(headers['svix-timestamp']) * 1_000)));
        return;
      case 'user.deleted':
        await this.erasure.eraseIdentity(SYSTEM, idOf(user));
        return;
      default:
    }
  }

  private async verify(headers: IncomingHttpHeaders, rawBody: Buffer): Promise<WebhookEvent> {
    const signingSecret = this.config.clerkWebhookSecret;
    if (!signingSecret) throw new ConfigMissing('CLERK_WEBHOOK_SECRET is not set');
    const svix = Object.entries(headers).filter((entry): entry is [string, string] => entry[0].startsWith('svix-') && typeof entry[1] === 'string');
    try {
      return await verifyWebhook(new Request('http://webhooks/clerk', { method: 'POST', headers: svix, body: new Uint8Array(rawBody) }), { signingSecret });
    } catch {
      throw new SignatureInvalid();
    }
  }
}

/** @param sentAt stands in where the payload does not say when the change was made */
function identityOf(user: ClerkUser, sentAt: Date): ProviderIdentity {
  const emails = Array.isArray(user.email_addresses) ? user.email_addresses : [];
  const primary = emails.find((email) => email.id === user.primary_email_address_id) ?? emails[0];
  return {
    clerkId: idOf(user),
    name: [user.first_name, user.last_name].filter((part) => typeof part === 'string').join(' '),
    email: primary?.email_address ?? null,
    avatar: user.image_url ?? null,
    signedUpAt: timeOf(user.created_at),
    updatedAt: timeOf(user.updated_at) ?? sentAt,
  };
}

function idOf({ id }: ClerkUser): string {
  if (typeof id === 'string' && id !== '' && id.length <= 255) return id;
  throw new ValidationFailed({ errors: [{ path: 'data.id', message: 'must be the id of a user' }] });
}

const timeOf = (milliseconds: number | undefined): Date | null => (Number.isSafeInteger(milliseconds) ? new Date(milliseconds!) : null);
