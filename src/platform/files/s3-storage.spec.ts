import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Storage } from './s3-storage.js';

/** Enough of S3 for one bucket: put, get and delete an object, path style, with its XML errors. */
class TinyS3 {
  readonly objects = new Map<string, { bytes: Buffer; contentType: string | undefined }>();
  readonly requests: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
  /** How many of the next requests to answer with 503. */
  failing = 0;

  readonly server: Server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const path = url.split('?')[0]!;
      this.requests.push({ method, path, headers });
      const error = (status: number, code: string): void => {
        response
          .writeHead(status, { 'content-type': 'application/xml' })
          .end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);
      };
      if (this.failing-- > 0) return error(503, 'SlowDown');
      if (!path.startsWith('/pictures/')) return error(404, 'NoSuchBucket');
      if (method === 'PUT') {
        this.objects.set(path, { bytes: body, contentType: headers['content-type'] });
        response.writeHead(200, { etag: '"x"' }).end();
      } else if (method === 'DELETE') {
        this.objects.delete(path);
        response.writeHead(204).end();
      } else {
        const object = this.objects.get(path);
        if (!object) return error(404, 'NoSuchKey');
        response.writeHead(200, { 'content-length': object.bytes.length }).end(object.bytes);
      }
      return undefined;
    });
  });
}

describe('S3Storage', () => {
  let s3: TinyS3;
  let storage: S3Storage;
  const options = { bucket: 'pictures', region: 'eu-central-1', accessKeyId: 'key', secretAccessKey: 'secret' };
  const endpoint = (): string => `http://127.0.0.1:${(s3.server.address() as AddressInfo).port}`;

  beforeEach(async () => {
    s3 = new TinyS3();
    await new Promise<void>((resolve) => s3.server.listen(0, '127.0.0.1', resolve));
    storage = new S3Storage({ ...options, endpoint: endpoint() });
  });

  afterEach(async () => {
    storage.close();
    await new Promise((resolve) => s3.server.close(resolve));
  });

  it('puts the bytes as they are, signed, under the bucket', async () => {
    const bytes = Buffer.from([0, 255, 1, 254]);
    await storage.put('images/a.jpg', bytes, 'image/jpeg');
    expect(s3.objects.get('/pictures/images/a.jpg')).toEqual({ bytes, contentType: 'image/jpeg' });
    expect(s3.requests[0]?.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=key\//);
  });

  it('gives back what it was given', async () => {
    await storage.put('images/a.jpg', Buffer.from('content'), 'image/jpeg');
    const object = await storage.get('images/a.jpg');
    expect(object?.size).toBe(7);
    expect((await buffer(object!.stream)).toString()).toBe('content');
  });

  it('answers null for what is not there', async () => {
    expect(await storage.get('images/none.jpg')).toBeNull();
  });

  it('does not take a missing bucket for a missing object', async () => {
    const lost = new S3Storage({ ...options, bucket: 'elsewhere', endpoint: endpoint() });
    await expect(lost.get('images/a.jpg')).rejects.toThrow();
    lost.close();
  });

  it('deletes', async () => {
    await storage.put('images/a.jpg', Buffer.from('content'), 'image/jpeg');
    await storage.delete('images/a.jpg');
    expect(s3.objects.size).toBe(0);
  });

  it('tries again when the store is busy', async () => {
    s3.failing = 1;
    await storage.put('images/a.jpg', Buffer.from('content'), 'image/jpeg');
    expect(s3.objects.size).toBe(1);
    expect(s3.requests).toHaveLength(2);
  });

  it('gives up when the store stays busy', async () => {
    s3.failing = 10;
    await expect(storage.put('images/a.jpg', Buffer.from('content'), 'image/jpeg')).rejects.toThrow();
    expect(s3.requests).toHaveLength(3);
  });

  it('refuses keys that leave the bucket, before any request', async () => {
    await expect(storage.get('../other/a.jpg')).rejects.toThrow(RangeError);
    expect(s3.requests).toEqual([]);
  });
});
