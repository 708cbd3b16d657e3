import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, Optional, User, Viewer } from '../auth/access.js';
import { type Actor, isAdmin, type UserActor, userIdOf } from '../auth/actor.js';
import { ValidationFailed } from '../http/problem.js';
import { Throws } from '../http/throws.js';
import { IdPipe } from '../http/validation.pipe.js';
import { Limited } from '../limits/quota.interceptor.js';
import type { StoredFile } from './file.entity.js';
import { FileView } from './files.dto.js';
import { FileNotFoundError, FileStorageUnavailableError, ImageTooLargeError, ImageUnreadableError, UnsupportedImageError } from './files.errors.js';
import { FilesService } from './files.service.js';

const BINARY = { type: 'string', format: 'binary' } as const;
const FOREVER = 'max-age=31536000, immutable';

@ApiTags('Files')
@Controller('v1/files')
export class FilesController {
  constructor(private readonly files: FilesService) {}

  /**
   * Uploads a picture: JPEG, PNG, WebP, or HEIC where this installation can read it, at most 10 MB.
   *
   * The type is told from the bytes; the picture is re-encoded, so that place and camera data are gone.
   */
  @Post()
  @User()
  @HttpCode(201)
  @Limited({ scope: 'file.upload', points: 20, window: 3_600 })
  @Throws(UnsupportedImageError, ImageTooLargeError, ImageUnreadableError, FileStorageUnavailableError)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { ...BINARY, description: 'The picture' } } } })
  async upload(@CurrentActor() actor: UserActor, @Req() request: FastifyRequest): Promise<FileView> {
    return fileView(await this.files.upload(actor.userId, await readUpload(request)));
  }

  /** The picture itself. */
  @Get(':id')
  @Optional()
  @Throws(FileNotFoundError)
  @ApiProduces('image/jpeg', 'image/png', 'image/webp')
  @ApiOkResponse({ description: 'The picture', schema: BINARY })
  show(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send(viewer, id, 'original', request, reply);
  }

  /** Its thumbnail, WebP of at most 480 pixels a side. */
  @Get(':id/thumbnail')
  @Optional()
  @Throws(FileNotFoundError)
  @ApiProduces('image/webp')
  @ApiOkResponse({ description: 'The thumbnail', schema: BINARY })
  thumbnail(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send(viewer, id, 'thumbnail', request, reply);
  }

  private async send(viewer: Actor | null, id: string, variant: 'original' | 'thumbnail', request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const file = await this.files.find(id);
    if (!file || !mayRead(viewer, file)) throw new FileNotFoundError();
    const etag = `"${file.sha256.slice(0, 40)}${variant === 'thumbnail' ? '-t' : ''}"`;
    void reply.header('ETag', etag).header('Cache-Control', file.visibility === 'public' ? `public, ${FOREVER}` : `private, ${FOREVER}`);
    if (request.headers['if-none-match'] === etag) return void (await reply.code(304).send());
    const contents = await this.files.open(file, variant);
    if (!contents) throw new FileNotFoundError();
    await reply
      .header('Content-Type', variant === 'thumbnail' ? 'image/webp' : file.contentType)
      .header('Content-Length', contents.size)
      .header('Content-Security-Policy', "default-src 'none'")
      .send(contents.stream);
  }
}

/** How a file is shown. */
const fileView = (file: StoredFile): FileView => ({
  id: file.id,
  contentType: file.contentType,
  size: file.size,
  width: file.width,
  height: file.height,
  sha256: file.sha256,
  phash: file.phash,
  url: `/v1/files/${file.id}`,
  thumbnailUrl: `/v1/files/${file.id}/thumbnail`,
});

const mayRead = (viewer: Actor | null, file: StoredFile): boolean => file.visibility === 'public' || isAdmin(viewer) || userIdOf(viewer) === file.ownerId;

async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw new ValidationFailed({ errors: [{ path: 'file', message: 'send multipart/form-data with the picture as `file`' }] });
  try {
    const part = await request.file();
    if (part?.fieldname === 'file') {
      const bytes = await part.toBuffer();
      // The parser does not always throw where it cuts a file off.
      if (part.file.truncated) throw new ImageTooLargeError();
      return bytes;
    }
  } catch (error) {
    // Whatever else fails here is the form: broken off, malformed, or with more parts than it may have.
    if (error instanceof ImageTooLargeError || (error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') throw new ImageTooLargeError();
    throw new ValidationFailed({ errors: [{ path: 'file', message: 'the form cannot be read' }], cause: error });
  }
  throw new ValidationFailed({ errors: [{ path: 'file', message: 'must be a picture' }] });
}
