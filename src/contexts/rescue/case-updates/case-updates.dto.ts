import { Allow, ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID } from 'class-validator';
import { PlainText } from '../../../platform/http/plain-text.js';
import { CaseUpdateView, EVIDENCE_TYPES, type EvidenceType, UPDATE_TYPES, type UpdateType } from '../cases/index.js';

/** A new entry of the evidence trail. */
export class AddUpdateBody {
  /** 1 to 3000 characters. @example "The operation went well; he eats again." */
  @PlainText({ max: 3_000, multiline: true })
  text: string;

  /** What kind of news it is; `update` when left out. */
  @IsOptional() @IsIn(UPDATE_TYPES)
  type?: UpdateType = 'update';

  /** Ids of at most 5 pictures that the caller uploaded. */
  @IsOptional() @IsArray() @ArrayMaxSize(5) @ArrayUnique() @IsUUID('all', { each: true })
  images?: string[];

  /** What the pictures show. */
  @IsOptional() @IsIn(EVIDENCE_TYPES)
  evidenceType?: EvidenceType;

  /** The clinic that the entry speaks of; kept only when it is the case's clinic, or the author owns it or is an admin. */
  @IsOptional() @IsUUID('all')
  clinicId?: string;

  /** Ignored: the server takes the clinic's name itself. */
  @Allow()
  clinicName?: string;

  /** Ignored: the server decides it from the author's relation to the case. */
  @Allow()
  authorRole?: string;
}

/** Why an entry is taken back. */
export class RetractUpdateBody {
  /** 1 to 1000 characters, kept in the audit log. @example "The bill belongs to another animal." */
  @PlainText({ max: 1_000, multiline: true })
  reason: string;
}

export class CaseUpdatePage {
  items: CaseUpdateView[];
  nextCursor: string | null;
}
