import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { MailDeliveryError, Mailer } from './mailer.js';

const FROM = 'Pawtreon <post@pawtreon.example>';
const mail = { to: 'iva@example.org', subject: 'Рекс е добре', text: 'Здравей!\n', html: '<p>Здравей!</p>' };

describe('Mailer through SMTP', () => {
  let server: SMTPServer;
  let received: { from: string; to: string[]; content: string }[];
  let connections: number;
  let mailer: Mailer;

  beforeEach(async () => {
    received = [];
    connections = 0;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onConnect: (_session, done) => {
        connections++;
        done();
      },
      onRcptTo: ({ address }, _session, done) => {
        if (address.startsWith('gone@')) return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
        if (address.startsWith('later@')) return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
        return done();
      },
      onData: (stream, { envelope }, done) => {
        void text(stream).then((content) => {
          received.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map((to) => to.address),
            content,
          });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    mailer = new Mailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM, captureDir: join(tmpdir(), 'unused') });
  });

  afterEach(async () => {
    mailer.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  it('delivers text and HTML to the one address', async () => {
    const { messageId, capturedTo } = await mailer.send(mail);
    expect(capturedTo).toBeNull();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'post@pawtreon.example', to: ['iva@example.org'] });
    expect(received[0]?.content).toContain(`Message-ID: ${messageId}`);
    expect(received[0]?.content).toContain('Auto-Submitted: auto-generated');
    expect(received[0]?.content).toMatch(/multipart\/alternative/);
  });

  it('carries attachments and further headers', async () => {
    const attachments = [{ filename: 'receipt.pdf', content: Buffer.from('%PDF'), contentType: 'application/pdf' }];
    await mailer.send({ ...mail, attachments, headers: { 'List-Unsubscribe': '<https://pawtreon.example/off>' } });
    expect(received[0]?.content).toContain(Buffer.from('%PDF').toString('base64'));
    expect(received[0]?.content).toContain('List-Unsubscribe: <https://pawtreon.example/off>');
  });

  it('reuses connections', async () => {
    for (let index = 0; index < 5; index++) await mailer.send(mail);
    expect({ received: received.length, connections }).toEqual({ received: 5, connections: 1 });
  });

  it('tells a refusal for good from one to try again', async () => {
    await expect(mailer.send({ ...mail, to: 'gone@example.org' })).rejects.toMatchObject({
      code: 'MAIL_NOT_DELIVERED',
      permanent: true,
    });
    await expect(mailer.send({ ...mail, to: 'later@example.org' })).rejects.toMatchObject({ permanent: false });
  });

  it.each(['a@example.org,b@example.org', 'a@example.org\r\nBcc: b@example.org', 'Name <a@example.org>', 'nobody', ''])(
    'does not take %j for an address',
    async (to) => {
      await expect(mailer.send({ ...mail, to })).rejects.toThrow(MailDeliveryError);
      expect(received).toEqual([]);
    },
  );

  it('keeps a subject with line breaks on one line', async () => {
    await mailer.send({ ...mail, subject: 'Rex\r\nBcc: all@example.org' });
    expect(received[0]?.to).toEqual(['iva@example.org']);
    expect(received[0]?.content).not.toMatch(/^Bcc:/im);
  });
});

describe('Mailer without a reachable server', () => {
  it('fails, to be tried again', async () => {
    const closed: Server = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const mailer = new Mailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM, captureDir: join(tmpdir(), 'unused') });
    await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'MAIL_NOT_DELIVERED', permanent: false });
    mailer.close();
  });
});

describe('Mailer that captures', () => {
  it('writes one complete .eml file for each message', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mail-'));
    const mailer = new Mailer({ from: FROM, captureDir: join(folder, 'mail') });
    const [first] = await Promise.all([mailer.send(mail), mailer.send({ ...mail, to: 'boris@example.org' })]);
    const files = await readdir(join(folder, 'mail'));
    expect(files).toHaveLength(2);
    for (const file of files) expect(file).toMatch(/^\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z-[0-9a-f-]{36}\.eml$/);
    const content = await readFile(first.capturedTo!, 'utf8');
    expect(content).toContain('To: iva@example.org\r\n');
    expect(content).toContain(`Message-ID: ${first.messageId}\r\n`);
    expect(content).toContain(Buffer.from('<p>Здравей!</p>').toString('base64'));
    await rm(folder, { recursive: true });
  });
});
