/** A sheet for a donor, before it is drawn as PDF or as a page: every text is written, in one language. */
export interface Paper {
  /** BCP 47. */
  locale: string;
  title: string;
  /** Who issues it: name, and address and registration where they are known. */
  issuer: string[];
  facts: [label: string, value: string][];
  tables: PaperTable[];
  notes: string[];
  /** The text at the foot of each sheet. */
  page: (number: number, of: number) => string;
  /** Without extension. */
  fileName: string;
  /** The date that it bears. */
  date: Date;
}

/** A table whose last column is money. */
export interface PaperTable {
  heading?: string;
  columns: string[];
  rows: string[][];
  totals: [label: string, amount: string][];
}
