import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';

/** A message as its templates made it. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** The language every template has. */
const FALLBACK_LOCALE = 'en';

const NAME = /^[a-z]+(?:-[a-z]+)*$/;
const LOCALE = /^[a-z]{2}$/;

/**
 * Renders mails from `<name>.<locale>.text.eta` and `<name>.<locale>.html.eta` in one folder. The text
 * begins with a line `Subject: ...` and an empty line, as a message does. HTML is escaped, text is not.
 */
export class MailTemplates {
  private readonly html: Eta;
  private readonly text: Eta;

  /** @param folder where the templates are */
  constructor(private readonly folder: string) {
    const shared = { views: folder, cache: true, autoFilter: true, filterFunction: known };
    this.html = new Eta(shared);
    this.text = new Eta({ ...shared, autoEscape: false, autoTrim: false });
  }

  /**
   * The mail in the locale wanted, or in English where it has not been translated.
   *
   * @param locale two letters; a region after them (`de-AT`) is ignored
   * @throws when the template does not exist or asks for something that `data` lacks
   */
  render(name: string, locale: string, data: object): RenderedMail {
    if (!NAME.test(name)) throw new Error(`invalid mail template name: ${name}`);
    const template = `${name}.${this.localeOf(name, locale)}`;
    const [head = '', ...body] = this.text.render(`./${template}.text.eta`, data).split('\n');
    if (!head.startsWith('Subject: ')) throw new Error(`${template}.text.eta does not begin with its subject`);
    return {
      subject: head.slice('Subject: '.length).trim(),
      text: `${body.join('\n').trim()}\n`,
      html: this.html.render(`./${template}.html.eta`, data),
    };
  }

  private localeOf(name: string, wanted: string): string {
    const language = wanted.slice(0, 2).toLowerCase();
    const translated = LOCALE.test(language) && existsSync(join(this.folder, `${name}.${language}.text.eta`));
    return translated ? language : FALLBACK_LOCALE;
  }
}

/** A misspelt field would otherwise be mailed to people as the word "undefined". */
function known(value: unknown): string {
  if (value === undefined || value === null) throw new Error('a mail template asks for a value that it was not given');
  return String(value);
}
