import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';

/** RFC 3339 with its zone: a time without one would mean the server's. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A point in time in a body: RFC 3339 such as `2026-05-01T08:30:00.000Z`, read into a Date. */
export const Timestamp = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : value)),
    IsDate({ message: '$property must be a time such as 2026-05-01T08:30:00.000Z' }),
  );

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A limit of a period in a query: a time as in {@link Timestamp}, or a day such as `2026-05-01`, which is its beginning by UTC. */
export const DayOrTime = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => {
      if (typeof value !== 'string') return value;
      if (RFC_3339.test(value)) return new Date(value);
      // 31 February would otherwise be taken for a day in March.
      return DAY.test(value) && new Date(value).toJSON()?.startsWith(value) ? new Date(value) : value;
    }),
    IsDate({ message: '$property must be a day such as 2026-05-01 or a time such as 2026-05-01T08:30:00Z' }),
  );
