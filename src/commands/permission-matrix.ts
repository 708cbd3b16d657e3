import type { AccessLevel } from '../platform/auth/access.js';

/** One line of the permission matrix (behaviour 1.6). */
export interface PermissionRow {
  action: string;
  guest: string;
  user: string;
  clinic: string;
  admin: string;
  /** What its endpoints must declare. */
  level: AccessLevel;
  /** Endpoints that serve it, as the contract names them; some may come later. */
  routes: string[];
}

const row = (action: string, [guest, user, clinic, admin]: [string, string, string, string], level: AccessLevel, ...routes: string[]): PermissionRow => ({ action, guest, user, clinic, admin, level, routes });

const EVERYBODY: [string, string, string, string] = ['Y', 'Y', 'Y', 'Y'];
const MEMBERS: [string, string, string, string] = ['-', 'Y', 'Y', 'Y'];
const OWN: [string, string, string, string] = ['-', 'own', 'own', 'own'];
const OWN_OR_ADMIN: [string, string, string, string] = ['-', 'own', 'own', 'Y'];
const MANAGERS: [string, string, string, string] = ['-', 'own', 'own or L', 'Y'];
const ADMINS: [string, string, string, string] = ['-', '-', '-', 'Y'];

/** Behaviour 1.6 with the routes of each action; `optional` stands for `public` where an answer is personal. */
export const PERMISSION_MATRIX: readonly PermissionRow[] = [
  row(
    'Read cases, campaigns, clinics, partners, volunteers, pet services, adoptions, forum, activity, comments, public profiles', EVERYBODY, 'optional',
    'GET /v1/cases', 'GET /v1/cases/{id}', 'GET /v1/cases/{id}/updates', 'GET /v1/cases/{id}/comments', 'GET /v1/cases/{id}/translations', 'GET /v1/cases/{id}/ledger', 'GET /v1/cases/{id}/stories',
    'GET /v1/cases/{id}/events', 'GET /share/case/{id}', 'GET /v1/campaigns', 'GET /v1/campaigns/{id}', 'GET /v1/campaigns/featured', 'GET /v1/campaigns/{id}/ledger', 'GET /v1/partners', 'GET /v1/partners/{id}',
    'GET /v1/partners/stats', 'GET /v1/clinics', 'GET /v1/clinics/{id}', 'GET /v1/clinics/claimable', 'GET /v1/pet-services', 'GET /v1/pet-services/{id}', 'GET /v1/pet-services/claimable', 'GET /v1/adoptions',
    'GET /v1/adoptions/{id}', 'GET /v1/volunteers', 'GET /v1/volunteers/{id}', 'GET /v1/cases/{id}/transport-matches', 'GET /v1/threads', 'GET /v1/threads/{id}', 'GET /v1/threads/{id}/comments', 'GET /v1/home', 'GET /v1/activity', 'GET /v1/search',
    'GET /v1/users/{id}', 'GET /v1/users/{id}/stats', 'GET /v1/users/{id}/cases', 'GET /v1/users/{id}/achievements', 'GET /v1/users/{id}/stories', 'GET /v1/users/{id}/follow', 'GET /v1/users/{id}/followers',
    'GET /v1/users/{id}/following',
  ),
  row('Create case', MEMBERS, 'user', 'POST /v1/cases'),
  row('Edit the text of a case (2.3)', ['-', 'own', 'own', 'own'], 'user', 'PATCH /v1/cases/{id}'),
  row('Add case update', MANAGERS, 'user', 'POST /v1/cases/{id}/updates'),
  row('Retract case update', ADMINS, 'admin', 'POST /v1/admin/case-updates/{id}/retraction'),
  row('Change lifecycle, close case', MANAGERS, 'user', 'POST /v1/cases/{id}/lifecycle'),
  row('Endorse case', ['-', 'Y (not own)', 'Y', 'Y'], 'user', 'PUT /v1/cases/{id}/endorsement', 'DELETE /v1/cases/{id}/endorsement'),
  row('Set case verification, set risk level', ADMINS, 'admin', 'PUT /v1/admin/cases/{id}/verification', 'PUT /v1/admin/cases/{id}/risk', 'GET /v1/admin/cases/{id}/risk-points'),
  row('Confirm treatment', ['-', '-', 'L', '-'], 'user', 'POST /v1/cases/{id}/clinic-confirmation'),
  row(
    'Like, save, comment on case', MEMBERS, 'user',
    'PUT /v1/cases/{id}/like', 'DELETE /v1/cases/{id}/like', 'PUT /v1/cases/{id}/save', 'DELETE /v1/cases/{id}/save', 'POST /v1/cases/{id}/comments',
  ),
  row('Report case', ['-', 'Y (10/UTC day)', 'Y', 'Y'], 'user', 'POST /v1/cases/{id}/reports'),
  row('Donate, subscribe', ['-', 'Y if gate allows', 'Y', 'Y'], 'user', 'POST /v1/donations/checkout-sessions', 'POST /v1/subscriptions'),
  row('See one donation, its receipts', OWN_OR_ADMIN, 'user', 'GET /v1/donations/{id}', 'GET /v1/donations/{id}/receipt', 'GET /v1/donations/{id}/receipts', 'GET /v1/donations/{id}/receipts/{receiptId}'),
  row('Refund', ADMINS, 'admin', 'POST /v1/admin/donations/{id}/refunds'),
  row('Cancel own subscription, manage own payment methods', OWN, 'user', 'DELETE /v1/subscriptions/{id}', 'DELETE /v1/payment-methods/{id}', 'PUT /v1/payment-methods/{id}/default'),
  row('Follow user', ['-', 'Y (not self)', 'Y', 'Y'], 'user', 'PUT /v1/users/{id}/follow', 'DELETE /v1/users/{id}/follow'),
  row(
    'Edit own profile, capabilities, settings; export own data', OWN, 'user',
    'GET /v1/me', 'PATCH /v1/me', 'DELETE /v1/me', 'POST /v1/me/onboarding', 'POST /v1/me/product-tour', 'PUT /v1/me/capabilities', 'GET /v1/me/settings', 'PUT /v1/me/settings', 'GET /v1/me/export', 'POST /v1/me/exports',
    'GET /v1/me/exports/{id}',
  ),
  row('Create or update campaign: rescue with an active case or as creator, initiative for admins', ['-', 'Y; own', 'Y; own', 'Y'], 'user', 'POST /v1/campaigns', 'PATCH /v1/campaigns/{id}', 'POST /v1/campaigns/{id}/closure'),
  row('Submit clinic claim, pet service claim, register pet service', MEMBERS, 'user', 'POST /v1/clinics/{id}/claims', 'POST /v1/pet-services/{id}/claims', 'POST /v1/pet-services'),
  row(
    'Review claims', ADMINS, 'admin',
    'GET /v1/admin/clinic-claims', 'POST /v1/admin/clinic-claims/{id}/review', 'POST /v1/admin/clinic-claims/{id}/pause', 'POST /v1/admin/clinic-claims/{id}/reviewing',
    'GET /v1/admin/pet-service-claims', 'POST /v1/admin/pet-service-claims/{id}/review', 'POST /v1/admin/pet-service-claims/{id}/pause', 'POST /v1/admin/pet-service-claims/{id}/reviewing',
  ),
  row('Edit clinic, pet service listing', ['-', 'own listing', 'own listing', 'Y'], 'user', 'PATCH /v1/clinics/{id}', 'PATCH /v1/pet-services/{id}'),
  row(
    'Make and edit clinics and partners as staff', ADMINS, 'admin',
    'POST /v1/admin/clinics', 'PATCH /v1/admin/clinics/{id}', 'DELETE /v1/admin/clinics/{id}/owner', 'POST /v1/admin/clinics/import', 'POST /v1/admin/pet-services/import', 'POST /v1/admin/partners', 'PATCH /v1/admin/partners/{id}',
  ),
  row(
    'Create adoption listing; edit, status, remove', ['-', 'Y; own', 'Y; own', 'Y'], 'user',
    'POST /v1/adoptions', 'PATCH /v1/adoptions/{id}', 'DELETE /v1/adoptions/{id}', 'POST /v1/adoptions/{id}/status', 'POST /v1/adoptions/{id}/interest',
  ),
  row('Volunteer profile: create, update, availability, capabilities', OWN, 'user', 'POST /v1/volunteers', 'PATCH /v1/me/volunteer', 'PUT /v1/me/volunteer/availability', 'PUT /v1/me/volunteer/capabilities'),
  row('Mark top volunteer, rate, log activities', ADMINS, 'admin', 'PUT /v1/admin/volunteers/{id}/top', 'PUT /v1/admin/volunteers/{id}/rating', 'POST /v1/admin/volunteers/{id}/activities'),
  row('Transport request for a case', ['-', 'own case', 'own case', 'Y'], 'user', 'POST /v1/cases/{id}/transport-requests'),
  row(
    'Create thread, comment, react, report content', MEMBERS, 'user',
    'POST /v1/threads', 'POST /v1/threads/{id}/comments', 'PUT /v1/threads/{id}/upvote', 'DELETE /v1/threads/{id}/upvote', 'PUT /v1/thread-comments/{id}/upvote', 'DELETE /v1/thread-comments/{id}/upvote',
    'POST /v1/threads/{id}/reports', 'POST /v1/thread-comments/{id}/reports', 'POST /v1/adoptions/{id}/reports',
  ),
  row('Edit or delete thread, comment', OWN_OR_ADMIN, 'user', 'PATCH /v1/threads/{id}', 'DELETE /v1/threads/{id}', 'PATCH /v1/thread-comments/{id}', 'DELETE /v1/thread-comments/{id}', 'DELETE /v1/comments/{id}'),
  row(
    'Lock thread, pin, hide content, resolve reports', ADMINS, 'admin',
    'PUT /v1/threads/{id}/lock', 'DELETE /v1/threads/{id}/lock', 'PUT /v1/threads/{id}/pin', 'DELETE /v1/threads/{id}/pin', 'PUT /v1/admin/cases/{id}/hidden', 'DELETE /v1/admin/cases/{id}/hidden',
    'POST /v1/admin/reports/{id}/reviewing', 'POST /v1/admin/reports/{id}/resolution', 'POST /v1/admin/community-reports/{id}/reviewing', 'POST /v1/admin/community-reports/{id}/resolution', 'POST /v1/admin/appeals/{id}/review',
  ),
  row('Appeal a decision about own content', OWN, 'user', 'GET /v1/me/decisions', 'POST /v1/decisions/{id}/appeals'),
  row(
    'Read audit log, moderation queues, admin analytics', ADMINS, 'admin',
    'GET /v1/admin/audit-logs', 'GET /v1/admin/audit-logs/verification', 'GET /v1/admin/reports', 'GET /v1/admin/community-reports', 'GET /v1/admin/appeals', 'GET /v1/admin/analytics', 'GET /v1/admin/sla',
    'GET /v1/admin/conversations/{id}', 'GET /v1/admin/ledger/export',
  ),
  row('Award special badge, revoke badge', ADMINS, 'admin', 'POST /v1/admin/achievements', 'DELETE /v1/admin/achievements/{id}'),
  row('Broadcast system notification', ADMINS, 'admin', 'POST /v1/admin/broadcasts'),
  row(
    'Read own notifications; mark read; delete', OWN, 'user',
    'GET /v1/me/notifications', 'GET /v1/me/notifications/unread-count', 'GET /v1/me/events', 'PUT /v1/notifications/{id}/read', 'PUT /v1/me/notifications/read', 'DELETE /v1/notifications/{id}',
  ),
  row('Request case translations', ['-', 'Y (20/day)', 'Y', 'Y'], 'user', 'POST /v1/cases/{id}/translations'),
  row('Upload files', MEMBERS, 'user', 'POST /v1/files'),
  row('Submit an invoice of a case', MANAGERS, 'user', 'POST /v1/cases/{id}/invoices'),
  row('Approve and pay invoices', ADMINS, 'admin', 'GET /v1/admin/invoices', 'POST /v1/admin/invoices/{id}/approvals', 'POST /v1/admin/invoices/{id}/payout', 'POST /v1/admin/invoices/{id}/rejection'),
  row('Assign roles, set the verification of a person', ADMINS, 'admin', 'PUT /v1/admin/users/{id}/role', 'PUT /v1/admin/users/{id}/verification'),
  row('Work the review queue and what else waits for staff', ADMINS, 'admin', 'DELETE /v1/admin/pet-services/{id}/owner', 'GET /v1/admin/review-queue'),
  row('Switch features', ADMINS, 'admin', 'GET /v1/admin/feature-flags', 'GET /v1/admin/feature-flags/{name}', 'PUT /v1/admin/feature-flags/{name}'),
];
