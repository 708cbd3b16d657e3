import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ProblemClass } from './problem.js';

const METADATA = 'pawtreon:throws';

/** Says which problems an endpoint may answer with; the OpenAPI document lists them with their codes. */
export function Throws(...problems: ProblemClass[]): MethodDecorator & ClassDecorator {
  return ((target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const subject = descriptor ? (descriptor.value as object) : target;
    const all: ProblemClass[] = [...((Reflect.getMetadata(METADATA, subject) as ProblemClass[] | undefined) ?? []), ...problems];
    Reflect.defineMetadata(METADATA, all, subject);
    const byStatus = Map.groupBy(all, (problem) => problem.status);
    const responses = [...byStatus].map(([status, group]) =>
      ApiResponse({
        status,
        description: group.map((problem) => `\`${problem.code}\`: ${problem.title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    );
    applyDecorators(...responses)(target, key, descriptor);
  });
}
