import { createHmac } from 'node:crypto';
import { Controller, Get, Module } from '@nestjs/common';
import { SignJWT, generateKeyPair } from 'jose';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { Admin, CurrentActor, Optional, Public, User, Viewer } from './access.js';
import type { Actor, UserActor } from './actor.js';

@Controller('test/doors')
class DoorsController {
  @Get('public')
  @Public()
  public(@Viewer() viewer: Actor | null): { viewer: Actor | null } {
    return { viewer };
  }

  @Get('optional')
  @Optional()
  optional(@Viewer() viewer: Actor | null): { viewer: Actor | null } {
    return { viewer };
  }

  @Get('user')
  @User()
  user(@CurrentActor() actor: UserActor): { viewer: UserActor } {
    return { viewer: actor };
  }

  @Get('admin')
  @Admin()
  admin(@CurrentActor() actor: UserActor): { viewer: UserActor } {
    return { viewer: actor };
  }
}

@Module({ controllers: [DoorsController] })
class DoorsModule {}

@Controller('test/silent')
class SilentController {
  @Get('declared')
  @Public()
  declared(): null {
    return null;
  }

  @Get()
  forgotten(): null {
    return null;
  }
}

@Module({ controllers: [SilentController] })
class SilentModule {}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('access', () => {
  let app: TestApp;
  let user: { token: string; id: string };
  let admin: { token: string; id: string };

  beforeAll(async () => {
    app = await TestApp.start({}, [DoorsModule]);
    user = await app.signIn('user@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
  });
  afterAll(() => app.stop());

  const knock = (door: string, token?: string): Promise<Answer<{ viewer: { userId: string } | null; code?: string }>> => app.get(`/test/doors/${door}`, { token });

  it('fails start-up over an endpoint that does not say who may call it, and names it', async () => {
    await expect(app.sibling({}, [SilentModule])).rejects.toThrow('do not declare who may call them: SilentController.forgotten');
  });

  it.each([
    ['public', 200, 200, 200],
    ['optional', 200, 200, 200],
    ['user', 401, 200, 200],
    ['admin', 401, 403, 200],
  ])('opens the %s door to a guest with %i, a user with %i, an admin with %i', async (door, guest, asUser, asAdmin) => {
    expect([(await knock(door)).status, (await knock(door, user.token)).status, (await knock(door, admin.token)).status]).toEqual([guest, asUser, asAdmin]);
  });

  it('tells the endpoint who calls, and a public one nothing', async () => {
    expect((await knock('user', user.token)).body.viewer?.userId).toBe(user.id);
    expect((await knock('optional', user.token)).body.viewer?.userId).toBe(user.id);
    expect((await knock('optional')).body.viewer).toBeNull();
    expect((await knock('public', user.token)).body.viewer).toBeNull();
  });

  it('answers with problems that say what to do', async () => {
    const guest = await knock('user');
    expect(guest).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
    expect(guest.headers.get('www-authenticate')).toBe('Bearer');
    expect(guest.headers.get('content-type')).toContain('application/problem+json');
    expect((await knock('admin', user.token)).body.code).toBe('ADMIN_REQUIRED');
  });

  it('keeps people apart who call at the same moment, even the first of a new process', async () => {
    const other = await app.sibling({}, [DoorsModule]);
    try {
      const people = Array.from({ length: 20 }, (_, n) => (n % 2 ? user : admin));
      const answers = await Promise.all(people.map(({ token }) => other.get<{ viewer: { userId: string } }>('/test/doors/user', { token })));
      expect(answers.map(({ body }) => body.viewer.userId)).toEqual(people.map(({ id }) => id));
    } finally {
      await other.stop();
    }
  });

  it('looks at the role of the row, not at what a token claims', async () => {
    await app.sql(`UPDATE identity.users SET role = 'user' WHERE id = $1`, [admin.id]);
    expect((await knock('admin', admin.token)).status).toBe(403);
    await app.sql(`UPDATE identity.users SET role = 'admin' WHERE id = $1`, [admin.id]);
    expect((await knock('admin', admin.token)).status).toBe(200);
  });

  describe('refuses', () => {
    const part = (index: number): string => user.token.split('.')[index]!;
    const read = (index: number): Record<string, unknown> => JSON.parse(Buffer.from(part(index), 'base64url').toString()) as Record<string, unknown>;
    const headerOf = (): Record<string, unknown> => read(0);
    const claims = (): Record<string, unknown> => read(1);

    const FORGERIES: [string, () => string | Promise<string>][] = [
      ['rubbish', () => 'rubbish'],
      ['three parts of rubbish', () => 'a.b.c'],
      ['an empty token', () => ''],
      ['alg none without a signature', () => `${encode({ alg: 'none', typ: 'JWT' })}.${part(1)}.`],
      ['alg none with the old signature', () => `${encode({ ...headerOf(), alg: 'none' })}.${part(1)}.${part(2)}`],
      ['a changed payload', () => `${part(0)}.${encode({ ...claims(), sub: 'another' })}.${part(2)}`],
      ['a cut signature', () => user.token.slice(0, -8)],
      ['another key under our key id', async () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: String(headerOf()['kid']) }).sign((await generateKeyPair('RS256')).privateKey)],
      ['a key id that nobody knows', async () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'unknown' }).sign((await generateKeyPair('RS256')).privateKey)],
      [
        'the public key used as an HMAC secret',
        async () => {
          const { body } = await app.get<{ keys: object[] }>('/.well-known/jwks.json');
          const signed = `${encode({ ...headerOf(), alg: 'HS256' })}.${part(1)}`;
          return `${signed}.${createHmac('sha256', JSON.stringify(body.keys[0])).update(signed).digest('base64url')}`;
        },
      ],
    ];

    it.each(FORGERIES)('%s, even where a token is optional', async (_, forge) => {
      const token = await forge();
      for (const door of ['user', 'optional', 'admin']) {
        const answer = await app.get(`/test/doors/${door}`, { headers: { Authorization: `Bearer ${token}` } });
        expect(answer).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
      }
    });

    it('another scheme than Bearer', async () => {
      expect((await app.get('/test/doors/optional', { headers: { Authorization: 'Basic dXNlcjpwYXNz' } })).status).toBe(401);
    });
  });
});
