/**
 * Every import from one module to another, with its reason. The architecture test refuses any that is not
 * here. Inside a context modules may know each other's faces; between contexts an edge is a facade called
 * with the caller's transaction (a decision in docs/decisions/) or an event that is consumed.
 */
export const EDGES: { from: string; to: string; reason: string }[] = [
  { from: 'identity/auth', to: 'identity/users', reason: 'The webhook mirrors and erases accounts; the local issuer signs them in' },
];
