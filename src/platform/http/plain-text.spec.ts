import 'reflect-metadata';
import { IsOptional } from 'class-validator';
import { PlainText, plainText } from './plain-text.js';
import { RequestValidationPipe } from './validation.pipe.js';

describe('plainText', () => {
  it.each([
    ['a script element', '<script>alert(1)</script>Rex', 'alert(1)Rex'],
    ['attributes', '<img src=x onerror="alert(1)">cat', 'cat'],
    ['a tag inside a tag', '<scr<script>ipt>x</scr</script>ipt>', 'x'],
    ['a tag that never closes', 'dog <img src=x onerror=alert(1)', 'dog img src=x onerror=alert(1)'],
    ['a run of openings', '<<<<b<<i>c</i>', 'bc'],
    ['tags nested deeper than anyone means', '<<<<b>b>b>b>x', 'b>b>x'],
    ['a comment', 'a<!-- b -->c', 'ac'],
    ['a tag split by a control character', '<\u0000script>x', 'x'],
  ])('takes out %s', (_, typed, kept) => {
    expect(plainText(typed)).toBe(kept);
  });

  it.each(['Tom & Jerry <3', '5 < 6 and 7 > 2', "O'Neill «Барон»", '"quoted" 100%', '👨‍👩‍👧'])('leaves %s alone', (typed) => {
    expect(plainText(typed)).toBe(typed);
  });

  it('composes accents, trims, and drops control and reordering characters', () => {
    expect(plainText('  e\u0301te\u0301\u0007 \u202Egnp.exe\u200B ')).toBe('été gnp.exe');
  });

  it('takes a time that grows with the length only', () => {
    for (const hostile of ['<', '<a', '<<a>', ' <', '> <']) {
      const started = performance.now();
      plainText(hostile.repeat(200_000), true);
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });

  it('keeps line breaks only where they are asked for', () => {
    expect(plainText('one\r\n\ttwo  \n\nthree')).toBe('one two three');
    expect(plainText('one\r\n\ttwo  \n\nthree', true)).toBe('one\n\ttwo\n\nthree');
  });
});

describe('@PlainText', () => {
  class Note {
    @PlainText({ max: 5 })
    text: string;

    @IsOptional()
    @PlainText({ min: 0, max: 3, each: true })
    tags?: string[];
  }

  const check = (value: unknown): Promise<Note> => new RequestValidationPipe().transform(value, { type: 'body', metatype: Note }) as Promise<Note>;

  it('counts characters, not UTF-16 units, after cleaning', async () => {
    await expect(check({ text: ' <b>🐶🐱🐭🐹🐰</b> ' })).resolves.toMatchObject({ text: '🐶🐱🐭🐹🐰' });
    await expect(check({ text: '🐶🐱🐭🐹🐰🦊' })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('refuses a text that is nothing but markup, and values that are not text', async () => {
    await expect(check({ text: '<b></b>' })).rejects.toMatchObject({ options: { errors: [{ path: 'text' }] } });
    await expect(check({ text: 5 })).rejects.toMatchObject({ code: 'VALIDATION' });
    await expect(check({ text: { toString: 'x' } })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('cleans each text of an array', async () => {
    await expect(check({ text: 'a', tags: ['<i>b</i>', ''] })).resolves.toMatchObject({ tags: ['b', ''] });
    await expect(check({ text: 'a', tags: ['long'] })).rejects.toMatchObject({ code: 'VALIDATION' });
  });
});
