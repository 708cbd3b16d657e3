import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { LINK_PLATFORMS, type LinkPlatform } from '../../../platform/http/external-link.js';

/** Child. Where else a case was told, one for each (spec `externalSources`, behaviour 2.16); never fetched. */
@Entity({ schema: 'rescue', name: 'external_sources' })
@Index('ux_external_sources_case', ['caseId'], { unique: true })
export class ExternalSource {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** Public https address without query and fragment. */
  @Column({ type: 'text' }) url: string;

  @ClosedSetColumn('external_sources', LINK_PLATFORMS) platform: LinkPlatform;

  /** Derived from the address. */
  @Column({ type: 'text' }) title: string;

  @Column({ type: 'text', nullable: true }) thumbnailUrl: string | null;

  @TimeColumn() createdAt: Date;
}
