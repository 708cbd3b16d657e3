import type { Params } from 'nestjs-pino';
import type { Config } from './config/config.js';

/** Never written to a log: credentials, signatures, and what tells a person. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["stripe-signature"]',
  'req.headers["svix-signature"]',
  'res.headers["set-cookie"]',
  '*.password',
  '*.passwordHash',
  '*.email',
  '*.phone',
  '*.secret',
  '*.secretKey',
  '*.accessToken',
  'err.parameters',
  'err.driverError.detail',
];

/** Structured logs: one JSON line each, with the request id, without secrets, query strings or personal data. */
export function logging(config: Config): Params {
  return {
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
      ...(process.stdout.isTTY && !config.production
        ? { transport: { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname,req,res', translateTime: 'HH:MM:ss' } } }
        : {}),
    },
  };
}
