import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Log. When drivers were asked to help with a case (addition to the spec, behaviour 2.20): the pause between two requests counts from it. */
@Entity({ schema: 'directory', name: 'transport_requests' })
@Index('ix_transport_requests_by_case', ['caseId', 'createdAt'])
export class TransportRequest {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** How many volunteers were asked. */
  @Column({ type: 'integer' }) notifiedCount: number;

  @TimeColumn() createdAt: Date;
}
