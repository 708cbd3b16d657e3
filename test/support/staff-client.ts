/** Of every staff account that tests make. */
export const PASSWORD = 'correct horse battery';

/** What AdminJS answers, as far as tests look at it. */
export interface DeskAnswer {
  record: { params: Record<string, unknown>; populated: Record<string, unknown>; errors: Record<string, { message: string }> };
  records: { params: Record<string, unknown>; id: string }[];
  notice: { message: string; type: string };
  meta: { total: number };
}

/** A client that keeps cookies, from an address of its own. */
export class StaffClient {
  private static clients = 0;
  private cookie = '';
  private readonly address = `198.51.100.${++StaffClient.clients}`;

  constructor(private readonly url: string) {}

  async send(path: string, init: { method?: string; form?: Record<string, string>; headers?: Record<string, string> } = {}): Promise<Response> {
    const response = await fetch(this.url + path, {
      method: init.method ?? (init.form ? 'POST' : 'GET'),
      ...(init.form ? { body: new URLSearchParams(init.form) } : {}),
      headers: { cookie: this.cookie, 'x-forwarded-for': this.address, ...init.headers },
      redirect: 'manual',
    });
    const cookie = response.headers.getSetCookie().at(-1);
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  signIn(email: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('/login', { form: { email, password }, headers });
  }

  async json(path: string, form?: Record<string, string>): Promise<{ status: number; body: DeskAnswer }> {
    const response = await this.send(path, form ? { form } : {});
    return { status: response.status, body: (await response.json()) as DeskAnswer };
  }
}
