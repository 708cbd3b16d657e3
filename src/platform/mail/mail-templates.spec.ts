import { join } from 'node:path';
import { MailTemplates } from './mail-templates.js';

const DATA = {
  donorName: 'Ива & Ко',
  amount: '25,50 €',
  caseTitle: 'Рекс <script>alert(1)</script>',
  receiptId: 'PW-2026-000123',
  receiptUrl: 'https://pawtreon.example/receipts/1?a=1&b=2',
  caseUrl: 'https://pawtreon.example/cases/1',
};

describe('MailTemplates', () => {
  const templates = new MailTemplates(join(process.cwd(), 'views', 'mail'));

  it.each(['en', 'bg', 'de', 'ru', 'uk'])('renders the confirmed donation in %s with all its facts', (locale) => {
    const { subject, text, html } = templates.render('donation-confirmed', locale, DATA);
    expect(subject).toContain('25,50 €');
    for (const fact of Object.values(DATA)) expect(text).toContain(fact);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html).toContain('PW-2026-000123');
    expect(html).toContain('href="https://pawtreon.example/cases/1"');
  });

  it('escapes in HTML and leaves text as it is', () => {
    const { subject, text, html } = templates.render('donation-confirmed', 'bg', DATA);
    expect(html).not.toContain('<script>');
    expect(html).toContain('Рекс &lt;script&gt;');
    expect(html).toContain('Ива &amp; Ко');
    expect(text).toContain('Ива & Ко');
    expect(subject).toBe('Благодарим ви: 25,50 € за „Рекс <script>alert(1)</script>“');
  });

  it('falls back to English, and takes the language of a region', () => {
    const english = templates.render('donation-confirmed', 'en', DATA);
    for (const locale of ['fr', '', '../', 'xx-YY'])
      expect(templates.render('donation-confirmed', locale, DATA)).toEqual(english);
    expect(templates.render('donation-confirmed', 'de-AT', DATA).subject).toMatch(/^Danke/);
  });

  it('keeps a title with line breaks from becoming a header', () => {
    const { subject } = templates.render('donation-confirmed', 'en', { ...DATA, caseTitle: 'Rex\nBcc: all@example.org' });
    expect(subject).not.toContain('\n');
  });

  it('fails loudly when a value is missing or the template unknown', () => {
    expect(() => templates.render('donation-confirmed', 'en', { ...DATA, receiptId: undefined })).toThrow(/not given/);
    expect(() => templates.render('donation-lost', 'en', DATA)).toThrow();
    expect(() => templates.render('../mail/donation-confirmed', 'en', DATA)).toThrow(/invalid/);
  });
});
