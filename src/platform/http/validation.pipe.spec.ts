import { Body, Controller, Get, Module, Param, Patch, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsOptional, IsString, Max, ValidateNested } from 'class-validator';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { Public } from '../auth/access.js';
import { IdPipe } from './validation.pipe.js';

class Place {
  @IsString() city: string;
  @IsOptional() @IsInt() @Max(9) floor?: number;
}

class Visit {
  @IsDefined() @ValidateNested() @Type(() => Place) place: Place;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Place) stops?: Place[];
}

class Change {
  @IsOptional() @IsString() name?: string;
}

class Filter {
  @IsOptional() @IsString() city?: string;
}

@Controller('test/visits')
@Public()
class VisitsController {
  @Post()
  create(@Body() visit: Visit): Visit {
    return visit;
  }

  @Patch()
  change(@Body() change: Change): Change {
    return change;
  }

  @Get()
  list(@Query() filter: Filter): Filter {
    return filter;
  }

  @Get(':id')
  show(@Param('id', IdPipe) id: string): { id: string } {
    return { id };
  }
}

@Module({ controllers: [VisitsController] })
class VisitsModule {}

describe('validation', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({}, [VisitsModule]);
  });
  afterAll(() => app.stop());

  const errorsOf = (answer: Answer<{ code?: string; errors?: { path: string }[] }>): unknown[] => [answer.status, answer.body.code, answer.body.errors?.map((error) => error.path)];
  const create = (body: unknown): Promise<Answer<{ code?: string; errors?: { path: string }[] }>> => app.post('/test/visits', { body });

  it('names fields by their path, however deep, and all of them at once', async () => {
    expect(errorsOf(await create({ place: { floor: 10 }, stops: [{ city: 'Sofia' }, { city: 5 }] }))).toEqual([400, 'VALIDATION', ['place.city', 'place.floor', 'stops.1.city']]);
  });

  it('refuses fields that it does not know, nested ones too', async () => {
    expect(errorsOf(await create({ place: { city: 'Sofia' }, role: 'admin' }))).toEqual([400, 'VALIDATION', ['role']]);
    expect(errorsOf(await create({ place: { city: 'Sofia', owner: 'me' } }))).toEqual([400, 'VALIDATION', ['place.owner']]);
  });

  it('takes no number for a text and no text for a number', async () => {
    expect(errorsOf(await create({ place: { city: 1 } }))).toEqual([400, 'VALIDATION', ['place.city']]);
    expect(errorsOf(await create({ place: { city: 'Sofia', floor: '1' } }))).toEqual([400, 'VALIDATION', ['place.floor']]);
  });

  it.each([[[]], [[{ place: { city: 'Sofia' } }]], ['"text"'], [5], [true], ['null'], [undefined]])('refuses %j where an object is asked for', async (body) => {
    const answer = await app.post('/test/visits', { body, headers: { 'Content-Type': 'application/json' } });
    expect(errorsOf(answer).slice(0, 2)).toEqual([400, 'VALIDATION']);
  });

  it.each([[[]], ['"text"'], [5], [true]])('refuses %j even where every field may be absent', async (body) => {
    const answer = await app.patch('/test/visits', { body, headers: { 'Content-Type': 'application/json' } });
    expect(answer.status).toBe(400);
    expect((await app.patch('/test/visits', { body: {} })).status).toBe(200);
  });

  it.each([{ place: { city: 'So\0fia' } }, { 'pla\0ce': {} }, { place: { city: 'Sofia' }, stops: [{ city: '\0' }] }])('refuses NUL in %j', async (body) => {
    expect(errorsOf(await create(body)).slice(0, 2)).toEqual([400, 'VALIDATION']);
  });

  it('ignores query parameters that it does not know, and checks those it knows', async () => {
    expect(await app.get('/test/visits?city=Sofia&utm_source=mail')).toMatchObject({ status: 200, body: { city: 'Sofia' } });
    expect((await app.get('/test/visits?city=%00')).status).toBe(400);
    expect((await app.get('/test/visits?city=a&city=b')).status).toBe(400);
  });

  it('takes a UUID of either case in a path, and answers it in lower case', async () => {
    const id = '0197A3DE-7C11-7C4E-9F50-1F0A3F5D9B10';
    expect(await app.get(`/test/visits/${id}`)).toMatchObject({ status: 200, body: { id: id.toLowerCase() } });
  });

  it.each(['1', 'null', '0197a3de7c117c4e9f501f0a3f5d9b10', '0197a3de-7c11-7c4e-9f50-1f0a3f5d9b1g', '0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10%20', '%00', `'%20OR%201=1--`])(
    'refuses the id %s',
    async (id) => {
      expect((await app.get(`/test/visits/${id}`)).status).toBe(400);
    },
  );

  it('names the parameter of a refused id', async () => {
    expect((await app.get('/test/visits/1')).body).toMatchObject({ code: 'VALIDATION', errors: [{ path: 'id', message: 'must be a UUID' }] });
  });
});
