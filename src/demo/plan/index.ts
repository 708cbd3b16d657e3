import { ADOPTIONS } from './adoptions.js';
import { planAttention } from './attention.js';
import { BADGES, CAMPAIGNS } from './campaigns.js';
import { CASES_ELSEWHERE } from './cases-elsewhere.js';
import { INVOICES, PARTNERS } from './partners.js';
import { PLOVDIV_CASES } from './cases-plovdiv.js';
import { SOFIA_CASES } from './cases-sofia.js';
import { VARNA_CASES } from './cases-varna.js';
import { CLAIMS } from './claims.js';
import { CLINICS } from './clinics.js';
import { planConversation } from './conversation.js';
import { planGifts } from './gifts.js';
import { PEOPLE } from './people.js';
import { REPORTS } from './reports.js';
import { SUPPORTS } from './supports.js';
import type { DemoCase, DemoPlan } from './plan.js';

export * from './plan.js';
export { WELL_KNOWN } from './people.js';

const CASES: DemoCase[] = [...SOFIA_CASES, ...VARNA_CASES, ...PLOVDIV_CASES, ...CASES_ELSEWHERE];

/** The demo as it is told: the last five weeks of rescuers in Sofia, Varna, Plovdiv and elsewhere. */
export const DEMO_PLAN: DemoPlan = {
  people: PEOPLE,
  clinics: CLINICS,
  cases: CASES,
  campaigns: CAMPAIGNS,
  partners: PARTNERS,
  invoices: INVOICES,
  donations: planGifts(CASES, CAMPAIGNS),
  supports: SUPPORTS,
  adoptions: ADOPTIONS,
  badges: BADGES,
  reports: REPORTS,
  claims: CLAIMS,
  ...planAttention(PEOPLE, CASES),
  ...planConversation(PEOPLE, CASES),
};
