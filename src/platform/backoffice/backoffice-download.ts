import type { BackofficeCommand, BackofficeField, StaffRole } from './backoffice-resource.js';

/** A file that staff take from a list, such as the books of a month; written while it is sent. */
export interface BackofficeDownload {
  /** Name in URLs, camelCase, unique within the resource and its actions. */
  name: string;
  label: string;
  /** What is asked for before, in the order shown. */
  fields: Readonly<Record<string, BackofficeField>>;
  /** Roles beside `superadmin` that may have it; all that see the table when absent. */
  roles?: readonly StaffRole[];
  file(command: Omit<BackofficeCommand, 'reason'>): Promise<DownloadedFile>;
}

export interface DownloadedFile {
  /** With its extension; letters, digits, `.`, `_` and `-`. */
  name: string;
  /** Media type. */
  type: string;
  chunks: AsyncIterable<string>;
}
