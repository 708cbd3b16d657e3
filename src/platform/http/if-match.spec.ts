import { assertVersion, readIfMatch } from './if-match.js';

describe('If-Match', () => {
  it.each([
    ['a version', '7'],
    ['a quoted version', '"7"'],
    ['the ETag of a record', '"q83vEjRWeJCrze8SNFZ4kKvN7xI.7"'],
    ['a weak ETag, as proxies make it', 'W/"q83v-_RWeJCrze8SNFZ4kKvN7xI.7"'],
  ])('reads %s', (_, header) => {
    expect(readIfMatch(header)).toBe(7);
  });

  it('asks nothing without a header or with *', () => {
    expect(readIfMatch(undefined)).toBeUndefined();
    expect(readIfMatch('*')).toBeUndefined();
  });

  it('refuses a tag that was never given', () => {
    expect(() => readIfMatch('"abc"')).toThrow(expect.objectContaining({ code: 'VERSION_CONFLICT' }));
  });

  it('holds every version that was sent against the current one', () => {
    expect(() => assertVersion(3, undefined, 3)).not.toThrow();
    expect(() => assertVersion(3, 3, 2)).toThrow(expect.objectContaining({ code: 'VERSION_CONFLICT', status: 409 }));
  });
});
