import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { READINESS_PASS_HEADER, Readiness } from '../platform/health/readiness.js';
import { email } from './plan/index.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

export interface DemoRequest {
  /** Key of the person who asks; nobody when left out. */
  as?: string;
  body?: object;
  headers?: Record<string, string>;
}

interface Session {
  token: string;
  id: string;
}

/**
 * The people of the demo at their browsers: calls the application's own API, so that every rule and side effect
 * holds for demo data as for any other.
 */
export class DemoClient {
  private readonly sessions = new Map<string, Session>();
  private readonly pass: string;

  constructor(private readonly app: NestFastifyApplication) {
    this.pass = app.get(Readiness).pass;
  }

  /** Makes the account at the clock's time; known ones stay as they are. */
  async signUp(key: string, name: string, role?: string): Promise<void> {
    await this.call('POST', '/v1/auth/dev-token', { body: { email: email(key), name, ...(role ? { role } : {}) } });
  }

  /** Opens a person's session, for the calls that follow. Tokens are checked by the wall clock: the clock must be at the present. */
  async signIn(key: string): Promise<void> {
    const { accessToken, user } = await this.call<{ accessToken: string; user: { id: string } }>('POST', '/v1/auth/dev-token', { body: { email: email(key) } });
    this.sessions.set(key, { token: accessToken, id: user.id });
  }

  /** Id of a person who has signed in. */
  idOf(key: string): string {
    return this.session(key).id;
  }

  /** @throws Error with the problem for anything but a success */
  async call<T = unknown>(method: Method, url: string, { as, body, headers }: DemoRequest = {}): Promise<T> {
    const answer = await this.app.inject({
      method,
      url,
      headers: { [READINESS_PASS_HEADER]: this.pass, ...(as ? { authorization: `Bearer ${this.session(as).token}` } : {}), ...headers },
      ...(body ? { payload: body } : {}),
    });
    if (answer.statusCode >= 300) throw new Error(`${method} ${url} by ${as ?? 'nobody'} answered ${answer.statusCode}: ${answer.body.slice(0, 500)}`);
    return answer.json<T>();
  }

  /** Uploads a picture; answers its id. */
  async upload(as: string, picture: Buffer): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'picture.jpg');
    const multipart = new Response(form);
    const answer = await this.app.inject({
      method: 'POST',
      url: '/v1/files',
      headers: {
        [READINESS_PASS_HEADER]: this.pass,
        authorization: `Bearer ${this.session(as).token}`,
        'content-type': multipart.headers.get('content-type')!,
      },
      payload: Buffer.from(await multipart.arrayBuffer()),
    });
    if (answer.statusCode !== 201) throw new Error(`POST /v1/files by ${as} answered ${answer.statusCode}: ${answer.body.slice(0, 500)}`);
    return answer.json<{ id: string }>().id;
  }

  /** Presses a button of the hosted checkout page, as a donor does. One that was pressed before is left. */
  async press(checkoutUrl: string, button: 'pay' | 'decline'): Promise<void> {
    const answer = await this.app.inject({
      method: 'POST',
      url: `${new URL(checkoutUrl).pathname}/${button}`,
      headers: { [READINESS_PASS_HEADER]: this.pass },
    });
    if (answer.statusCode !== 303 && answer.statusCode !== 409) throw new Error(`${button} at ${checkoutUrl} answered ${answer.statusCode}`);
  }

  private session(key: string): Session {
    const session = this.sessions.get(key);
    if (!session) throw new Error(`${key} has not signed in`);
    return session;
  }
}
