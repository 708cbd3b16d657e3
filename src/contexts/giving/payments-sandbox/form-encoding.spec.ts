import { decodeForm } from './form-encoding.js';

/** As plain objects, to be compared. */
const decode = (text: string): unknown => JSON.parse(JSON.stringify(decodeForm(text)));

describe('form encoding', () => {
  it('reads nested objects and indexed lists, encoded or not', () => {
    expect(decode('line_items[0][price_data][currency]=eur&line_items%5B0%5D%5Bquantity%5D=2&name=Rex+%26+Mila')).toEqual({
      line_items: { 0: { price_data: { currency: 'eur' }, quantity: '2' } },
      name: 'Rex & Mila',
    });
  });

  it('appends to lists without an index', () => {
    expect(decode('types[]=a&types[]=b')).toEqual({ types: { 0: 'a', 1: 'b' } });
  });

  it('keeps a hostile key a key', () => {
    decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it.each(['a=1&a[b]=2', 'a[b]=2&a=1', `a${'[b]'.repeat(9)}=1`])('refuses %s', (text) => {
    expect(() => decodeForm(text)).toThrow('The parameter is');
  });
});
