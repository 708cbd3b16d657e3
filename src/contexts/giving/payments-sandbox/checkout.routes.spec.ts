import { SandboxHarness } from '../../../../test/support/sandbox-harness.js';

describe('the hosted checkout page', () => {
  let harness: SandboxHarness;

  beforeAll(async () => {
    harness = await SandboxHarness.start();
  });
  afterAll(() => harness.stop());

  const get = (path: string) => fetch(harness.apiBase + path);
  const press = (id: string, button: string) =>
    fetch(`${harness.apiBase}/checkout/${id}/${button}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const page = async (id: string) => (await get(`/checkout/${id}`)).text();

  it('says what is paid for, how much, and that no real money moves', async () => {
    const { id } = await harness.openSession(5_120, 'kwd');
    const html = await page(id);
    expect(html).toContain('no real money');
    expect(html).toContain('Surgery for Rex');
    expect(html).toMatch(/KWD\s5\.120/);
    for (const button of ['pay', 'decline', 'cancel']) expect(html).toContain(`action="${id}/${button}"`);
    expect(html).not.toContain('pay-later');
  });

  it('lets neither scripts nor strangers in', async () => {
    const { id } = await harness.openSession(500, 'eur', {
      line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 500, product_data: { name: '<script>alert(1)</script>' } } }],
    });
    const response = await get(`/checkout/${id}`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it('pays and goes to the success address with the session in it', async () => {
    const { id } = await harness.openSession(500);
    const response = await press(id, 'pay');
    expect([response.status, response.headers.get('location')]).toEqual([303, `http://shop.example/done?session=${id}`]);
    await harness.received('checkout.session.completed', id);
    expect(await page(id)).toContain('Payment complete');
  });

  it('refuses to pay twice and says so', async () => {
    const { id } = await harness.openSession(500);
    await press(id, 'pay');
    for (const button of ['pay', 'pay-later', 'decline', 'cancel']) {
      const response = await press(id, button);
      expect(response.status).toBe(409);
      expect(await response.text()).toContain('cannot be paid a second time');
    }
  });

  it('orders a bank debit', async () => {
    const { id } = await harness.openSession(500);
    expect((await press(id, 'pay-later')).status).toBe(303);
    expect(await page(id)).toContain('Payment ordered');
  });

  it('comes back after a declined card and takes another try', async () => {
    const { id } = await harness.openSession(500);
    const response = await press(id, 'decline');
    expect([response.status, response.headers.get('location')]).toEqual([303, `../${id}`]);
    expect(await page(id)).toContain('Your card was declined');
    expect((await press(id, 'pay')).status).toBe(303);
  });

  it('goes back when cancelled and leaves the session open', async () => {
    const { id } = await harness.openSession(500);
    const response = await press(id, 'cancel');
    expect([response.status, response.headers.get('location')]).toEqual([303, 'http://shop.example/back']);
    expect(await harness.stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open' });
  });

  it('tells that a session has expired', async () => {
    const { id } = await harness.openSession(500);
    await harness.act(id, 'expire');
    expect((await press(id, 'pay')).status).toBe(409);
    expect(await page(id)).toContain('This checkout has expired');
  });

  it('shows the receipt of a charge', async () => {
    const { id } = await harness.openSession(1_234);
    await press(id, 'pay');
    const { payment_intent } = await harness.stripe.checkout.sessions.retrieve(id);
    const { data } = await harness.stripe.charges.list({ payment_intent: String(payment_intent) });
    const html = await (await get(new URL(data[0]!.receipt_url!).pathname)).text();
    expect(html).toContain('€12.34');
    expect(html).toContain(data[0]!.id);
  });

  it.each(['/checkout/cs_test_none', '/receipts/ch_none', '/elsewhere'])('answers 404 with a page at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Nothing here');
  });
});
