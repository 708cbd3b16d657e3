import { createHash } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { HTML_POLICY, htmlPaper } from './html-paper.js';
import type { Paper } from './paper.js';
import { pdfPaper } from './pdf-paper.js';

const PDF = 'application/pdf';
const HTML = 'text/html';

/** Tells the API document what {@link sendPaper} answers. */
export const AnswersPaper = (description: string): MethodDecorator =>
  applyDecorators(
    ApiOkResponse({
      description: `${description}: PDF, or HTML where \`Accept\` prefers it`,
      content: { [PDF]: { schema: { type: 'string', format: 'binary' } }, [HTML]: { schema: { type: 'string' } } },
    }),
  );

/** Answers a paper: as PDF unless the client prefers HTML, and 304 to one that it has. */
export async function sendPaper(request: FastifyRequest, reply: FastifyReply, paper: Paper): Promise<void> {
  const asHtml = new Negotiator(request.raw).mediaType([PDF, HTML]) === HTML;
  // Drawing costs more than the text that it is drawn from.
  const etag = `"${createHash('sha1').update(JSON.stringify([asHtml, paper, paper.page(1, 1)])).digest('base64url')}"`;
  void reply.headers({ ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Accept, Authorization' });
  if (request.headers['if-none-match'] === etag) return void (await reply.code(304).send());
  void reply.header('Content-Disposition', `inline; filename="${paper.fileName}.${asHtml ? 'html' : 'pdf'}"`);
  if (asHtml) await reply.header('Content-Security-Policy', HTML_POLICY).type(`${HTML}; charset=utf-8`).send(htmlPaper(paper));
  else await reply.header('Content-Security-Policy', "default-src 'none'").type(PDF).send(await pdfPaper(paper));
}
