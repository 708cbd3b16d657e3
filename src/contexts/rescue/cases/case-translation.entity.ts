import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ClosedSetColumn, TimeColumn } from '../../../platform/database/columns.js';
import { LOCALES, type Locale } from '../../../platform/config/config.js';

export const TRANSLATION_STATUSES = ['pending', 'done', 'error'] as const;
export type TranslationStatus = (typeof TRANSLATION_STATUSES)[number];

/**
 * Child. The text of a case in one locale and how far its translation is (spec fields `translations` and
 * `translationStatus` of `cases`, decision 13). It is shown only while its source hash is the case's.
 */
@Entity({ schema: 'rescue', name: 'case_translations' })
@Check('ck_case_translations_locale', `locale IN (${LOCALES.map((locale) => `'${locale}'`).join(', ')})`)
export class CaseTranslation {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('Case') caseId: string;

  @PrimaryColumn({ type: 'text' }) locale: Locale;

  @ClosedSetColumn('case_translations', TRANSLATION_STATUSES) status: TranslationStatus;

  /** Why the last attempt failed. */
  @Column({ type: 'text', nullable: true }) error: string | null;

  @Column({ type: 'text', nullable: true }) title: string | null;

  @Column({ type: 'text', nullable: true }) description: string | null;

  @Column({ type: 'text', nullable: true }) story: string | null;

  /** Who translated, such as `deepl`. */
  @Column({ type: 'text', nullable: true }) provider: string | null;

  /** `sourceHash` of the case at the time. */
  @Column({ type: 'text', nullable: true }) sourceHash: string | null;

  @TimeColumn({ nullable: true }) translatedAt: Date | null;

  @TimeColumn() updatedAt: Date;
}
