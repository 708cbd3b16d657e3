/** Who was asked for a transport. */
export class TransportRequestView {
  /** How many volunteers were asked; 0 when nobody could drive. @example 3 */
  notifiedCount: number;
  /** Their ids in the volunteer directory. @example ["0197f7a2-3f6b-7cc2-9a53-0c1d2e3f4a5b"] */
  volunteerIds: string[];
}
