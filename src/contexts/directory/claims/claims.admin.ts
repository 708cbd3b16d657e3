import { type BackofficeAction, type BackofficeSection, defineResource, type SectionCell } from '../../../platform/backoffice/index.js';
import { type ClaimKind, ClaimKinds } from './claim-kinds.js';
import { CLAIM_STATUSES, CLAIMER_ROLES, ClinicClaim, PetServiceClaim } from './claim.entity.js';
import { ClaimReviewService, decisionOf } from './claim-review.service.js';
import { ClaimsQueries } from './claims.queries.js';

type Which = (kinds: ClaimKinds) => ClaimKind;

const waits = (row: Readonly<Record<string, unknown>>): boolean => row['status'] === 'pending';

/** The same acts as under `/v1/admin`. */
const actionsOn = (which: Which): BackofficeAction[] => [
  {
    name: 'claim',
    label: 'Take',
    icon: 'Lock',
    appliesTo: waits,
    handler: ({ get, actor, recordId }) => get(ClaimReviewService).startReview(actor, which(get(ClaimKinds)), recordId),
  },
  {
    name: 'release',
    label: 'Give back',
    icon: 'Unlock',
    appliesTo: waits,
    handler: ({ get, actor, recordId }) => get(ClaimReviewService).release(actor, which(get(ClaimKinds)), recordId),
  },
  {
    name: 'pause',
    label: 'Ask the claimant',
    icon: 'Pause',
    fields: { note: { label: 'Question', type: 'textarea', required: true, help: 'The claimant reads it. The clock stands until the answer.' } },
    appliesTo: waits,
    handler: ({ get, actor, recordId, values }) => get(ClaimReviewService).pause(actor, which(get(ClaimKinds)), recordId, String(values['note'])),
  },
  {
    name: 'approve',
    label: 'Approve',
    icon: 'Check',
    confirm: 'The claimant will run this listing; other claims on it are rejected.',
    appliesTo: waits,
    handler: ({ get, actor, recordId }) => get(ClaimReviewService).review(actor, which(get(ClaimKinds)), recordId, { decision: 'approved' }),
  },
  {
    name: 'reject',
    label: 'Reject',
    icon: 'X',
    danger: true,
    fields: { rejectionReason: { label: 'Why', type: 'textarea', max: 1_000, help: 'The claimant reads it; empty says that we could not confirm the claim.' } },
    confirm: 'A claim is decided once.',
    appliesTo: waits,
    handler: ({ get, actor, recordId, values }) =>
      get(ClaimReviewService).review(actor, which(get(ClaimKinds)), recordId, decisionOf({ decision: 'rejected', rejectionReason: (values['rejectionReason'] as string | null) ?? undefined })),
  },
];

const time = (at: Date | string | null): SectionCell => (at === null ? null : { kind: 'time', at: new Date(at) });

/** What staff asked the claimant, and what came back. */
const questionsSection = (which: Which): BackofficeSection => ({
  name: 'questions',
  title: 'Questions to the claimant',
  load: async ({ get, recordId }) => ({
    kind: 'table',
    columns: ['Asked', 'Question', 'Answer', 'Answered'],
    rows: (await get(ClaimsQueries).claim(which(get(ClaimKinds)), recordId)).questions.map(({ askedAt, text, answer, answeredAt }) => [time(askedAt), text, answer, time(answeredAt)]),
    empty: 'Nothing was asked.',
  }),
});

/** When a claim must be looked at and decided, who is at it, and whose the listing is. */
const clocksSection = (which: Which): BackofficeSection => ({
  name: 'clocks',
  title: 'Clocks',
  load: async ({ get, recordId }) => {
    const claim = await get(ClaimsQueries).claim(which(get(ClaimKinds)), recordId);
    const { owner } = claim.listing;
    return {
      kind: 'table',
      columns: ['Looked at until', 'Looked at', 'Decided until', 'Clock stands since', 'Late', 'Taken by', 'Taken until', 'Runs the listing now'],
      rows: [
        [
          time(claim.slaFirstResponseDueAt),
          time(claim.firstRespondedAt),
          time(claim.slaResolutionDueAt),
          time(claim.pausedAt),
          claim.breached ? 'yes' : 'no',
          claim.claimedBy,
          time(claim.claimedUntil),
          owner && { kind: 'record', entity: 'User', id: owner.id, label: owner.name },
        ],
      ],
      empty: '',
    };
  },
});

const sectionsOn = (which: Which): BackofficeSection[] => [clocksSection(which), questionsSection(which)];

/** Contact data of claimants is for those who decide. */
const SHARED = {
  context: 'directory',
  roles: ['moderator'],
  hidden: ['questions'],
  listColumns: ['listingId', 'userId', 'status', 'claimerRole', 'decideAfter', 'appealOfClaimId', 'reviewedBy', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  enums: { status: CLAIM_STATUSES, claimerRole: CLAIMER_ROLES },
} as const;

const ofClinic: Which = ({ clinic }) => clinic;
const ofPetService: Which = ({ petService }) => petService;

/** How staff see claims of ownership and decide about them. */
export const claimsResources = [
  defineResource({ ...SHARED, entity: ClinicClaim, label: 'Clinic claims', references: { appealOfClaimId: ClinicClaim }, sections: sectionsOn(ofClinic), actions: actionsOn(ofClinic) }),
  defineResource({ ...SHARED, entity: PetServiceClaim, label: 'Pet service claims', references: { appealOfClaimId: PetServiceClaim }, sections: sectionsOn(ofPetService), actions: actionsOn(ofPetService) }),
];
