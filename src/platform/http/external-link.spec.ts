import { externalLink } from './external-link.js';

describe('a link to another site', () => {
  it.each([
    ['http://www.facebook.com/rescue/posts/1?utm=1#x', 'https://www.facebook.com/rescue/posts/1', 'facebook', 'facebook.com/rescue/posts/1'],
    ['https://m.facebook.com/rescue/', 'https://m.facebook.com/rescue', 'facebook', 'facebook.com/rescue'],
    ['https://instagram.com/p/1', 'https://instagram.com/p/1', 'instagram', 'instagram.com/p/1'],
    ['https://twitter.com/a', 'https://twitter.com/a', 'x', 'twitter.com/a'],
    ['https://X.com', 'https://x.com/', 'x', 'x.com'],
    ['https://youtu.be/abc', 'https://youtu.be/abc', 'youtube', 'youtu.be/abc'],
    ['https://www.tiktok.com/@a/video/1', 'https://www.tiktok.com/@a/video/1', 'tiktok', 'tiktok.com/@a/video/1'],
    ['https://notfacebook.com/a', 'https://notfacebook.com/a', 'other', 'notfacebook.com/a'],
    ['https://facebook.com.example.org/a', 'https://facebook.com.example.org/a', 'other', 'facebook.com.example.org/a'],
    ['https://приют.бг/рекс', 'https://xn--h1andj3d.xn--90ae/%D1%80%D0%B5%D0%BA%D1%81', 'other', 'xn--h1andj3d.xn--90ae/рекс'],
  ])('%s becomes %s on %s, titled %s', (text, url, platform, title) => {
    expect(externalLink(text)).toEqual({ url, platform, title });
  });

  it.each([
    'not a link',
    'ftp://example.org/x',
    'javascript:alert(1)',
    'https://localhost/x',
    'https://box.local/x',
    'https://intranet/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://user@example.org/x',
    'https://user:secret@example.org/x',
    'https://example.org:8443/x',
  ])('refuses %s', (text) => {
    expect(externalLink(text)).toBeNull();
  });
});
