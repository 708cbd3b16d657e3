import { isReturnUrl } from './return-url.js';

describe('where a checkout may send the donor', () => {
  const installed = { appOrigin: 'https://pawtreon.example', production: true };

  it.each(['https://pawtreon.example/case/1?donation=success', 'https://pawtreon.example', 'https://PAWTREON.example/x?session={CHECKOUT_SESSION_ID}'])('is %s', (url) => {
    expect(isReturnUrl(url, installed)).toBe(true);
  });

  it.each([
    'http://pawtreon.example/',
    'https://pawtreon.example:8443/',
    'https://pawtreon.example.evil.test/',
    'https://pawtreon.example@evil.test/',
    'https://user:secret@pawtreon.example/',
    'http://localhost:3000/',
    'javascript:alert(1)',
    '//pawtreon.example/',
    '/case/1',
    '',
  ])('is not %s in production', (url) => {
    expect(isReturnUrl(url, installed)).toBe(false);
  });

  it.each([
    ['http://localhost:5173/thanks', true],
    ['http://127.0.0.1:8080/thanks', true],
    ['http://[::1]:8080/thanks', true],
    ['http://localhost.evil.test/', false],
    ['ftp://localhost/', false],
  ])('outside production: %s is %p', (url, allowed) => {
    expect(isReturnUrl(url, { ...installed, production: false })).toBe(allowed);
  });
});
