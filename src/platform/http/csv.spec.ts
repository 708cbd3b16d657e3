import { csvLine } from './csv.js';

describe('a line of CSV', () => {
  it.each([
    [['a', 1, null, ''], 'a,1,,'],
    [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"'],
    [[-128, '-1.28', '0.05'], '-128,-1.28,0.05'],
    [['=1+1', '+49 30', '-cmd', '@SUM(A1)', '\t=1'], `'=1+1,'+49 30,'-cmd,'@SUM(A1),'\t=1`],
    [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"`],
  ])('writes %j', (cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\r\n`);
  });
});
