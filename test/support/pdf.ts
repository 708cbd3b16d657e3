import { extractText, getDocumentProxy } from 'unpdf';

/** The text of each page of a PDF, read back, with every kind of space as one. */
export async function pdfPages(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false });
  return text.map(plain);
}

/** Text with each run of white space, also such as does not break, as one space. */
export const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
