import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import type { Options } from 'pino-http';
import type { Config } from './config/config.js';

/** Fields that tell a person or open a door, redacted wherever an object of up to two levels holds them. */
const PRIVATE_FIELDS = ['password', 'passwordHash', 'email', 'phone', 'secret', 'secretKey', 'accessToken', 'token'];

/** Never written to a log: credentials, signatures, and what tells a person. Errors of the database quote values. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["stripe-signature"]',
  'req.headers["svix-signature"]',
  'res.headers["set-cookie"]',
  ...PRIVATE_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  'err.parameters',
  'err.detail',
  'err.driverError.detail',
];

/**
 * Structured logs: one JSON line each, with the request id, without secrets, query strings or personal data.
 * @param stream where the lines go; standard output when not given
 */
export function logging(config: Config, stream?: DestinationStream): { forRoutes: NonNullable<Params['forRoutes']>; pinoHttp: Options } {
  return {
    // The library's own default path matches nothing on Fastify.
    forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
    pinoHttp: {
      level: config.test ? (process.env['TEST_LOG_LEVEL'] ?? 'silent') : config.logLevel,
      redact: { paths: REDACTED, censor: '[redacted]' },
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
      serializers: {
        req: (request: { id: unknown; method: string; url: string }) => ({ id: request.id, method: request.method, path: request.url.split('?')[0] }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
      },
      ...(stream ? { stream } : {}),
      ...(!stream && process.stdout.isTTY && !config.production
        ? { transport: { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname,req,res', translateTime: 'HH:MM:ss' } } }
        : {}),
    },
  };
}
