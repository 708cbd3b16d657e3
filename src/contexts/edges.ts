/**
 * Every import from one module to another, with its reason. The architecture test refuses any that is not
 * here. Inside a context modules may know each other's faces; between contexts an edge is a facade called
 * with the caller's transaction (a decision in docs/decisions/) or an event that is consumed.
 */
export const EDGES: { from: string; to: string; reason: string }[] = [
  { from: 'giving/campaigns', to: 'giving/ledger', reason: 'A campaign shows its own statement out of the books' },
  { from: 'giving/donations', to: 'giving/campaigns', reason: 'Gate and total of the campaign that a donation is for change with it' },
  { from: 'giving/donations', to: 'giving/ledger', reason: 'A donation and its fees are booked in the transaction that settles it' },
  { from: 'giving/donations', to: 'giving/payments', reason: 'Opens checkouts at the provider and handles its stored events' },
  { from: 'giving/donations', to: 'rescue/cases', reason: 'Gate and total of the case that a donation is for change with it' },
  { from: 'giving/ledger', to: 'rescue/cases', reason: 'A case that its viewer may not see has no statement' },
  { from: 'giving/payments', to: 'giving/payments-sandbox', reason: 'Without payment keys the provider is the local sandbox' },
  { from: 'identity/auth', to: 'identity/users', reason: 'The webhook mirrors and erases accounts; the local issuer signs them in' },
  { from: 'identity/follows', to: 'identity/users', reason: 'Follows end with an erased person; answers the same USER_NOT_FOUND' },
  { from: 'identity/settings', to: 'identity/users', reason: 'Settings go with an erased person (event)' },
  { from: 'directory/clinics', to: 'directory/listings', reason: 'Clinics are searched and imported as every listing is' },
  { from: 'directory/pet-services', to: 'directory/listings', reason: 'Pet services are searched and imported as every listing is' },
  { from: 'directory/pet-services', to: 'identity/users', reason: 'A person’s own pet service is a column of the person; an erased person runs none' },
  { from: 'directory/clinics', to: 'identity/users', reason: 'An owner gets and loses the role clinic in the same transaction; an erased person owns nothing' },
  { from: 'engagement/achievements', to: 'identity/users', reason: 'Badges follow onboarding and go with an erased person (events)' },
  { from: 'engagement/notifications', to: 'identity/users', reason: 'What an erased person was told goes with them (event)' },
  { from: 'engagement/notifications', to: 'giving/donations', reason: 'Donors and owners are told of donations (event)' },
  { from: 'engagement/notifications', to: 'rescue/case-updates', reason: 'Donors and followers are told of news of a case (event)' },
  { from: 'rescue/cases', to: 'identity/users', reason: 'A person’s cases answer the same USER_NOT_FOUND as the rest of the profile' },
  { from: 'rescue/case-updates', to: 'rescue/cases', reason: 'Only a manager of the case adds to its evidence, while the case is locked' },
  { from: 'rescue/case-lifecycle', to: 'rescue/cases', reason: 'The stage is a column of the case; its move and its milestone are one transaction' },
  { from: 'rescue/case-lifecycle', to: 'rescue/case-updates', reason: 'Every move leaves a milestone in the evidence trail' },
  { from: 'rescue/case-lifecycle', to: 'identity/users', reason: 'The open cases of an erased person close (event)' },
  { from: 'rescue/case-updates', to: 'directory/clinics', reason: 'What a clinic attested shows that its ownership was revoked (event)' },
  { from: 'rescue/case-social', to: 'rescue/cases', reason: 'Comments are written and counted while the case is locked; the same CASE_NOT_FOUND' },
  { from: 'rescue/case-social', to: 'identity/users', reason: 'Likes, kept cases and comments go with an erased person (event)' },
  { from: 'rescue/case-endorsements', to: 'rescue/cases', reason: 'Endorsements verify a case or raise its risk while it is locked' },
  { from: 'rescue/case-endorsements', to: 'identity/users', reason: 'Endorsements go with an erased person (event)' },
  { from: 'rescue/share', to: 'rescue/cases', reason: 'A page of a case that is not public answers the same CASE_NOT_FOUND' },
];
