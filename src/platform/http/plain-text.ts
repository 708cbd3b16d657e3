import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, MaxLength, MinLength } from 'class-validator';

export interface PlainTextOptions {
  /** Shortest text in characters, counted after cleaning; 1 unless told. Give 0 where an empty text clears the field. */
  min?: number;
  /** Longest text in characters (Unicode code points), counted after cleaning. */
  max: number;
  /** Keeps line breaks and tabs; otherwise every run of white space becomes one space. */
  multiline?: boolean;
  /** The field is an array of such texts. */
  each?: boolean;
}

/**
 * A text field written by people (behaviour 2, "stored as plain text"): cleaned with {@link plainText},
 * then checked for its length. Use it for every such field, beside `@IsOptional()` where it may be absent.
 */
export function PlainText({ min = 1, max, multiline = false, each = false }: PlainTextOptions): PropertyDecorator {
  const clean = (value: unknown): unknown => (typeof value === 'string' ? plainText(value, multiline) : value);
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (each && Array.isArray(value) ? value.map(clean) : clean(value))),
    IsString({ each }),
    MinLength(min, { each }),
    MaxLength(max, { each }),
    ...(each ? [] : [ApiProperty({ minLength: min, maxLength: max })]),
  );
}

const LINE_BREAK = /\r\n?|[\u2028\u2029]/g;
/** Control characters, and the invisible ones that reorder or hide text (bidi overrides, zero-width space, BOM). */
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
/** Something a browser would read as markup: an element, a closing tag, a comment or a declaration. */
const TAG = /<[a-z/!?][^<>]*>/gi;
/** The start of such markup that never closes. The look-behind keeps a long run of `<` linear. */
const OPEN_TAG = /(?<!<)<+(?=[a-z/!?])/gi;

/**
 * Text as people meant it: Unicode NFC, trimmed, without control characters and without HTML tags. What is
 * not markup stays as it was typed ("Tom & Jerry <3"), since escaping belongs to whoever renders it.
 */
export function plainText(value: string, multiline = false): string {
  const text = value
    .toWellFormed()
    .normalize('NFC')
    .replace(LINE_BREAK, '\n')
    .replace(CONTROL, '')
    .replace(TAG, '')
    // Taking a tag out may join the halves of another one: a second look, and no opening is left after the third.
    .replace(TAG, '')
    .replace(OPEN_TAG, '');
  if (!multiline) return text.replace(/\s+/g, ' ').trim();
  return text.split('\n').map((line) => line.trimEnd()).join('\n').trim();
}
