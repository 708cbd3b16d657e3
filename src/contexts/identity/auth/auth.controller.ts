import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access.js';
import { LocalIssuer } from '../../../platform/auth/local-issuer.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { NotFound } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { meView, UserAccounts } from '../users/index.js';
import { DevTokenRequest, DevTokenView, JsonWebKeySetView } from './auth.dto.js';

@ApiTags('Identity')
@Controller()
@Public()
@Throws(NotFound)
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly issuer: LocalIssuer,
    private readonly accounts: UserAccounts,
  ) {}

  /** Signs anybody in, for development: 404 in production and with a real identity provider. */
  @Post('v1/auth/dev-token')
  async devToken(@Body() body: DevTokenRequest): Promise<DevTokenView> {
    this.assertLocal();
    const user = await this.accounts.signInLocally(body);
    return { accessToken: await this.issuer.issue({ externalId: user.clerkId, email: body.email, name: user.name }), user: meView(user) };
  }

  /** Public keys of the local issuer: 404 with a real identity provider, which shows its own. */
  @Get('.well-known/jwks.json')
  jwks(): Promise<JsonWebKeySetView> {
    this.assertLocal();
    return this.issuer.jwks() as Promise<JsonWebKeySetView>;
  }

  private assertLocal(): void {
    if (this.config.production || !this.config.auth.local) throw new NotFound('This installation signs people in elsewhere');
  }
}
