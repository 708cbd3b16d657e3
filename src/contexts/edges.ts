/**
 * Every import from one module to another, with its reason. The architecture test refuses any that is not
 * here. Inside a context modules may know each other's faces; between contexts an edge is a facade called
 * with the caller's transaction (a decision in docs/decisions/) or an event that is consumed.
 */
export const EDGES: { from: string; to: string; reason: string }[] = [
  { from: 'identity/auth', to: 'identity/users', reason: 'The webhook mirrors and erases accounts; the local issuer signs them in' },
  { from: 'identity/follows', to: 'identity/users', reason: 'Follows end with an erased person; answers the same USER_NOT_FOUND' },
  { from: 'identity/settings', to: 'identity/users', reason: 'Settings go with an erased person (event)' },
  { from: 'directory/clinics', to: 'identity/users', reason: 'An owner gets and loses the role clinic in the same transaction; an erased person owns nothing' },
  { from: 'engagement/achievements', to: 'identity/users', reason: 'Badges follow onboarding and go with an erased person (events)' },
];
