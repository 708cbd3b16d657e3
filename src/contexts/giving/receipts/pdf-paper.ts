import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PdfDocument from 'pdfkit';
import type { Paper, PaperTable } from './paper.js';

const fontFile = (weight: string): Buffer => readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/ibm-plex-sans/${weight}/IBMPlexSans_${weight}.ttf`));
/** IBM Plex Sans: Latin, Cyrillic and the currency signs; the file embeds the characters that it uses. */
const FONTS = { regular: fontFile('400Regular'), bold: fontFile('700Bold') };

const MARGIN = 56;
const FOOT = 40;
const GAP = 12;
const COLOURS = { text: '#1c2430', soft: '#56606e', line: '#cfd5dd' };
const LABEL_WIDTH = 130;

/** Draws a paper as PDF, A4. The same paper always gives the same bytes. */
export async function pdfPaper(paper: Paper): Promise<Buffer> {
  const document = new PdfDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: paper.locale,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: `${paper.title} ${paper.fileName}`, Author: paper.issuer[0], CreationDate: paper.date, ModDate: paper.date },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  new Sheet(document).draw(paper);
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

class Sheet {
  private readonly width: number;
  private readonly bottom: number;

  constructor(private readonly pdf: InstanceType<typeof PdfDocument>) {
    pdf.registerFont('regular', FONTS.regular).registerFont('bold', FONTS.bold);
    this.width = pdf.page.width - 2 * MARGIN;
    this.bottom = pdf.page.height - MARGIN - FOOT;
  }

  draw(paper: Paper): void {
    const [name, ...details] = paper.issuer;
    this.line(name!, { font: 'bold', size: 13 });
    for (const detail of details) this.line(detail, { size: 9, colour: COLOURS.soft });
    this.space(2 * GAP);
    this.line(paper.title, { font: 'bold', size: 20 });
    this.space(GAP);
    for (const [label, value] of paper.facts) this.fact(label, value);
    for (const table of paper.tables) this.table(table);
    this.space(2 * GAP);
    for (const note of paper.notes) this.line(note, { size: 9, colour: COLOURS.soft });
    this.foot(paper);
  }

  private fact(label: string, value: string): void {
    const y = this.room(this.height(value, 10.5, this.width - LABEL_WIDTH) + 4);
    this.text(label, MARGIN, y, { width: LABEL_WIDTH - GAP, size: 10.5, colour: COLOURS.soft });
    this.text(value, MARGIN + LABEL_WIDTH, y, { width: this.width - LABEL_WIDTH, size: 10.5 });
    this.pdf.y = y + this.height(value, 10.5, this.width - LABEL_WIDTH) + 4;
  }

  private table({ heading, columns, rows, totals }: PaperTable): void {
    this.space(2 * GAP);
    // The heading stays with the first row.
    this.room(70);
    if (heading) this.line(heading, { font: 'bold', size: 11 });
    const widths = this.columnWidths(columns.length);
    const head = (): void => {
      this.row(columns, widths, { font: 'bold', size: 9, colour: COLOURS.soft });
      this.rule();
    };
    head();
    for (const row of rows) {
      if (this.pdf.y + this.rowHeight(row, widths) > this.bottom) {
        this.pdf.addPage();
        head();
      }
      this.row(row, widths, { size: 10 });
    }
    this.room(totals.length * 20);
    this.rule();
    for (const [index, total] of totals.entries()) this.row(total, [this.width * 0.72, this.width * 0.28], { size: 10.5, font: index === totals.length - 1 ? 'bold' : 'regular' });
  }

  /** The first of two columns, or the third of four, tells what it was for and takes what is left. */
  private columnWidths(count: number): number[] {
    const shares = { 2: [0.72, 0.28], 3: [0.36, 0.36, 0.28], 4: [0.2, 0.22, 0.36, 0.22] }[count]!;
    return shares.map((share) => share * this.width);
  }

  private row(cells: string[], widths: number[], style: Style): void {
    const height = this.rowHeight(cells, widths, style.size);
    const y = this.room(height);
    let x = MARGIN;
    for (const [index, cell] of cells.entries()) {
      const last = index === cells.length - 1;
      this.text(cell, x, y + 3, { ...style, width: widths[index]! - (last ? 0 : GAP), align: last ? 'right' : 'left' });
      x += widths[index]!;
    }
    this.pdf.y = y + height;
  }

  private rowHeight(cells: string[], widths: number[], size = 10): number {
    return Math.max(...cells.map((cell, index) => this.height(cell, size, widths[index]! - (index === cells.length - 1 ? 0 : GAP)))) + 6;
  }

  private rule(): void {
    this.pdf.moveTo(MARGIN, this.pdf.y).lineTo(MARGIN + this.width, this.pdf.y).lineWidth(0.75).strokeColor(COLOURS.line).stroke();
  }

  private line(text: string, style: Style = {}): void {
    const height = this.height(text, style.size, this.width, style.font) + 2;
    const y = this.room(height);
    this.text(text, MARGIN, y, { ...style, width: this.width });
    this.pdf.y = y + height;
  }

  private text(text: string, x: number, y: number, { font = 'regular', size = 10, colour = COLOURS.text, width, align = 'left' }: Style & { width: number; align?: 'left' | 'right' }): void {
    this.pdf.font(font).fontSize(size).fillColor(colour).text(drawable(text), x, y, { width, align });
  }

  private height(text: string, size = 10, width = this.width, font: Style['font'] = 'regular'): number {
    return this.pdf.font(font).fontSize(size).heightOfString(drawable(text), { width });
  }

  private space(points: number): void {
    this.pdf.y += points;
  }

  /** Makes sure of so much height, on a new sheet if need be; answers where to begin. */
  private room(height: number): number {
    if (this.pdf.y + height > this.bottom) this.pdf.addPage();
    return this.pdf.y;
  }

  private foot({ issuer, fileName, page }: Paper): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let index = start; index < start + count; index++) {
      this.pdf.switchToPage(index);
      // Below the margin, where text would otherwise open another sheet.
      this.pdf.page.margins.bottom = 0;
      const y = this.pdf.page.height - MARGIN;
      this.text(`${issuer[0]} · ${fileName}`, MARGIN, y, { size: 8, colour: COLOURS.soft, width: this.width / 2 });
      this.text(page(index - start + 1, count), MARGIN + this.width / 2, y, { size: 8, colour: COLOURS.soft, width: this.width / 2, align: 'right' });
    }
  }
}

/** Pictures among the letters of a title would be drawn as empty boxes. */
const drawable = (text: string): string => text.replaceAll(/\p{Emoji_Presentation}\uFE0F?/gu, '');

interface Style {
  font?: 'regular' | 'bold';
  size?: number;
  colour?: string;
}
