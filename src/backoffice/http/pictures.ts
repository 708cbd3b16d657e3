import type { Type } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { type RequestHandler, Router } from 'express';
import { pipeline } from 'node:stream/promises';
import { FilesService } from '../../platform/files/files.service.js';

/**
 * Uploaded pictures for staff, by their session: what is `signed` too, which the API shows only to its owner and
 * to admins. Mounted behind the sign-in.
 */
export function pictures(get: <T>(provider: Type<T>) => T): Router {
  const send =
    (variant: 'original' | 'thumbnail'): RequestHandler<{ id: string }> =>
    async (request, response) => {
      const files = get(FilesService);
      const file = isUUID(request.params.id) ? await files.find(request.params.id) : null;
      const contents = file && (await files.open(file, variant));
      if (!contents) return void response.status(404).type('text/plain').send('There is no such picture.');
      response
        .type(variant === 'thumbnail' ? 'image/webp' : file.contentType)
        .set({ 'Cache-Control': 'private, max-age=86400', 'Content-Length': String(contents.size) });
      await pipeline(contents.stream, response).catch(unlessTheyLeft);
    };
  return Router().get('/files/:id', send('original')).get('/files/:id/thumbnail', send('thumbnail'));
}

function unlessTheyLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
