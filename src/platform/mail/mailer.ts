import { randomUUIDv7 } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';

/** Where mail goes. */
export interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://...`; when missing, mail is captured to disk. */
  smtpUrl?: string;
  /** Sender: an address, or a name with the address in angle brackets. */
  from: string;
  /** Folder for captured mail; made when missing. */
  captureDir: string;
}

/** One message to one person. */
export interface Mail {
  /** One bare address; never a list. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Further headers, such as `List-Unsubscribe`. */
  headers?: Record<string, string>;
  attachments?: { filename: string; content: Buffer; contentType: string }[];
}

/** What became of a message. */
export interface SentMail {
  /** Its Message-ID, with angle brackets. */
  messageId: string;
  /** The `.eml` file it was captured to; null when an SMTP server accepted it. */
  capturedTo: string | null;
}

/** The server did not take the message. */
export class MailDeliveryError extends Error {
  readonly code = 'MAIL_NOT_DELIVERED';

  constructor(
    message: string,
    /** The server refused for good (SMTP 5xx, such as an unknown mailbox); sending again is pointless. */
    readonly permanent: boolean,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Milliseconds: a server that hangs must not hold a worker for nodemailer's default of ten minutes. */
const CONNECTION_TIMEOUT = 10_000;
const GREETING_TIMEOUT = 10_000;
const SOCKET_TIMEOUT = 30_000;

/** Characters that would make one address into two, or end the line it stands on. */
const NOT_ONE_ADDRESS = /[\s,;<>()"\\]/;

/**
 * Sends mail through SMTP, or captures it as `.eml` files where no server is configured. Called by
 * workers after commit, never inside a database transaction.
 */
export class Mailer {
  private readonly deliver: (message: SendMailOptions) => Promise<SentMail>;
  private readonly closeTransport: () => void;

  constructor(private readonly options: MailerOptions) {
    const { deliver, close } = options.smtpUrl ? smtp(options.smtpUrl) : capture(options.captureDir);
    this.deliver = deliver;
    this.closeTransport = close;
  }

  /**
   * Hands over one message; when it returns, the server has accepted it or the file is complete.
   *
   * @throws MailDeliveryError
   */
  async send({ to, headers, ...content }: Mail): Promise<SentMail> {
    if (!to.includes('@') || NOT_ONE_ADDRESS.test(to)) {
      throw new MailDeliveryError('not a single mail address', true, {});
    }
    try {
      return await this.deliver({
        ...content,
        from: this.options.from,
        to: { name: '', address: to },
        // RFC 3834: keeps out-of-office replies from answering a machine.
        headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        // Attachments are bytes only; nothing in a message may make the server read a path or a URL.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      throw new MailDeliveryError('the message was not delivered', isRefusal(error), { cause: error });
    }
  }

  /** Closes pooled connections; for shutdown. */
  close(): void {
    this.closeTransport();
  }
}

interface Delivery {
  deliver(message: SendMailOptions): Promise<SentMail>;
  close(): void;
}

function smtp(url: string): Delivery {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: CONNECTION_TIMEOUT,
    greetingTimeout: GREETING_TIMEOUT,
    socketTimeout: SOCKET_TIMEOUT,
  });
  return {
    deliver: async (message) => ({ messageId: (await transport.sendMail(message)).messageId, capturedTo: null }),
    close: () => transport.close(),
  };
}

function capture(folder: string): Delivery {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async deliver(message) {
      const { message: bytes, messageId } = await composer.sendMail(message);
      await mkdir(folder, { recursive: true });
      // Colons are not allowed in file names everywhere.
      const name = `${new Date().toISOString().replaceAll(':', '')}-${randomUUIDv7()}.eml`;
      const file = join(folder, name);
      // A reader of the folder never sees half a message.
      await writeFile(`${file}.partial`, bytes, { flush: true, mode: 0o640 });
      await rename(`${file}.partial`, file);
      return { messageId, capturedTo: file };
    },
    close: () => undefined,
  };
}

function isRefusal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number };
  return responseCode !== undefined && responseCode >= 500;
}
