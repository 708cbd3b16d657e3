/** What an audit row says beside who and when. */
export interface AuditDetails {
  before?: unknown;
  after?: unknown;
  /** Why, where the act asks for a reason. */
  reason?: string | null;
  /** One readable sentence. */
  details?: string;
  /** Anything else the act needs to be understood. No personal data: use {@link Digest}. */
  [key: string]: unknown;
}

const ACTIONS = new Set<string>();

/**
 * Declares an audit action. Every action has exactly one definition; a second one fails at start-up.
 * @param action canonical name of behaviour 2.22, such as `donation.completed`
 * @param entityType what the entity id points at, such as `donation`
 */
export function defineAuditAction(action: string, entityType: string): AuditAction {
  if (ACTIONS.has(action)) throw new Error(`Audit action ${action} is defined twice`);
  ACTIONS.add(action);
  return { action, entityType };
}

export interface AuditAction {
  readonly action: string;
  readonly entityType: string;
}
