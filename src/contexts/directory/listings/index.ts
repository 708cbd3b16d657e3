export { csv, foldedNames, type ImportLine, importReport, phoneKey, readImport, withoutRepeats } from './csv-import.js';
export { ImportedLine, ImportQuery, ImportReport, SkippedLine } from './csv-import.dto.js';
export { type ListingFilter, listingPage, type ListingTable } from './listing.queries.js';
export { ClaimableQuery, ListingQuery, RevokeOwner } from './listings.dto.js';
