import { IsOptional, IsUUID } from 'class-validator';
import { PlainText } from '../../../platform/http/plain-text.js';

/** A new comment. */
export class AddCommentBody {
  /** 1 to 1000 characters. @example "Get well soon, Rex!" */
  @PlainText({ max: 1_000, multiline: true })
  content: string;

  /** The comment of the same case that this one answers; a reply takes no replies itself. */
  @IsOptional() @IsUUID('all')
  parentId?: string;
}

/** Who wrote a comment. */
export class CommentAuthorView {
  id: string;
  /** Display name. @example Mila */
  name: string;
  /** Picture URL. */
  avatar: string | null;
}

/** A comment on a case. */
export class CaseCommentView {
  id: string;
  /** The case it belongs to. */
  caseId: string;
  /** The comment that it answers; null when it answers none. */
  parentId: string | null;
  /** Up to 1000 characters; a fixed sentence when the comment was deleted. @example "Get well soon, Rex!" */
  content: string;
  /** True when author or staff took it back: its place stays, text and author are gone. */
  deleted: boolean;
  /** Who wrote it; null when it was deleted. */
  author: CommentAuthorView | null;
  createdAt: Date;
}

/** A page of comments. */
export class CaseCommentPage {
  items: CaseCommentView[];
  nextCursor: string | null;
}
