import type { DemoPicture } from '../demo-pictures.js';

/** Someone of the demo; the e-mail is `<key>@pawtreon.example`. */
export interface DemoPerson {
  /** Part of the e-mail before the @. */
  key: string;
  name: string;
  role: 'user' | 'volunteer' | 'clinic' | 'admin';
  city: string;
  /** Days before the seed at which the account was made. */
  joined: number;
  userType: 'pet_lover' | 'volunteer' | 'professional' | 'business' | 'exploring';
  bio?: string;
  displayName?: string;
  /** False keeps the profile from others. */
  isPublic?: boolean;
  verification?: 'community' | 'clinic' | 'partner';
  /** Whether a volunteer is free; those of the directory alone have it. */
  volunteerAvailability?: 'available' | 'busy';
  volunteerCapabilities?: ('transport' | 'fostering' | 'rescue' | 'events' | 'social_media' | 'general')[];
}

export interface DemoClinic {
  key: string;
  /** Days before the seed at which staff entered it. */
  entered: number;
  name: string;
  city: string;
  address: string;
  phone: string;
  is24h: boolean;
  verified: boolean;
  featured?: boolean;
  specializations: string[];
  rating: number;
  reviewCount: number;
  coordinates: { lat: number; lng: number };
  /** {@link DemoPerson.key} of who runs the listing. */
  owner?: string;
}

export type CaseStage = 'seeking_adoption' | 'closed_success' | 'closed_transferred' | 'closed_other';

/** An entry of a case's evidence trail. */
export interface DemoUpdate {
  /** Days after the case was published. */
  after: number;
  text: string;
  type: 'medical' | 'update' | 'success';
  evidence?: 'bill' | 'lab_result' | 'clinic_photo' | 'receipt' | 'prescription' | 'other';
  /** The owner of the case, unless the clinic wrote it. */
  by: 'owner' | 'clinic';
  picture?: Omit<DemoPicture, 'seed'>;
}

/** A step of a case's lifecycle. */
export interface DemoStage {
  /** Days after the case was published. */
  after: number;
  stage: CaseStage;
  notes?: string;
}

export interface DemoCase {
  /** {@link DemoPerson.key} of who publishes it. */
  owner: string;
  /** Days before the seed at which it is published. */
  published: number;
  type: 'critical' | 'urgent' | 'recovering' | 'adopted';
  category: 'surgery' | 'shelter' | 'food' | 'medical' | 'rescue';
  language: 'bg' | 'en';
  title: string;
  description: string;
  story?: string;
  city: string;
  neighborhood: string;
  /** {@link DemoClinic.key} of who treats the animal. */
  clinic?: string;
  /** Whole euros. */
  goal: number;
  pictures: Omit<DemoPicture, 'seed'>[];
  /** How many people give, or `funded`: as many as it takes. */
  gifts: number | 'funded';
  updates: DemoUpdate[];
  stages?: DemoStage[];
  /** Set by the admin on the day after publication. */
  verification?: 'community' | 'clinic';
  /** Set by the admin on the day after publication, after the first gifts. */
  risk?: { level: 'medium' | 'high'; flags: string[]; note: string };
  /** Why a moderator hides it. */
  hidden?: string;
}

/** A gift to a case or a campaign. */
export interface DemoDonation {
  /** Names the gift: its idempotency key. */
  key: string;
  /** {@link DemoPerson.key}. */
  donor: string;
  /** Title of the case or the campaign. */
  to: string;
  kind: 'case' | 'campaign';
  /** Minor units of EUR. */
  amount: number;
  /** Days before the seed. */
  daysAgo: number;
  outcome: 'paid' | 'declined' | 'left open';
  anonymous: boolean;
  message?: string;
}

/** Support of a case or a person that repeats. */
export interface DemoSupport {
  /** Names it: its idempotency key. */
  key: string;
  /** {@link DemoPerson.key}. */
  donor: string;
  kind: 'case' | 'user';
  /** Title of the case, or {@link DemoPerson.key}. */
  to: string;
  /** Minor units of EUR, each interval. */
  amount: number;
  interval: 'month' | 'year';
  /** Days before the seed on which it began. */
  daysAgo: number;
}

/** An animal that looks for a home. */
export interface DemoAdoption {
  /** {@link DemoPerson.key} of who lists it. */
  lister: string;
  /** Days before the seed. */
  daysAgo: number;
  animalType: 'dog' | 'cat' | 'other';
  name: string;
  age: string;
  description: string;
  city: string;
  neighborhood: string;
  vaccinated: boolean;
  neutered: boolean;
  picture: DemoPicture;
  /** {@link DemoPerson.key} of who would take it in. */
  interested: string[];
}

/** A campaign or initiative. */
export interface DemoCampaign {
  title: string;
  description: string;
  campaignType: 'rescue' | 'initiative';
  initiativeKey?: string;
  initiativeCategory?: 'drone' | 'safehouse' | 'other';
  featured: boolean;
  /** Minor units of EUR, or a count of `unit`. */
  goal: number;
  unit: 'EUR' | 'surgeries';
  /** A count of `unit` that staff have entered; money counts itself. */
  counted?: number;
  /** Days from the seed until its last day. */
  endsIn?: number;
  creator: string;
  /** Days before the seed. */
  created: number;
  /** Titles of the cases it is for. */
  cases: string[];
  /** How many people give. */
  gifts: number;
}

/** An organisation that supports the platform. */
export interface DemoPartner {
  name: string;
  logo: string;
  type: 'pet-shop' | 'food-brand' | 'veterinary' | 'sponsor';
  contribution: string;
  description: string;
  website?: string;
  /** Year. */
  since: string;
  animalsHelped: number;
  /** Minor units of EUR. */
  totalContributed: number;
  featured: boolean;
  /** Days before the seed at which staff entered it. */
  entered: number;
}

/** What a clinic asks for treating the animal of a case. */
export interface DemoInvoice {
  /** Title of the case; its clinic is paid. */
  case: string;
  /** {@link DemoPerson.key}. */
  filedBy: string;
  /** Minor units of EUR. */
  amount: number;
  /** Days before the seed. */
  daysAgo: number;
  /** Of the transfer; without one it waits. */
  reference?: string;
}

/** Someone likes or saves a case. */
export interface DemoMark {
  /** {@link DemoPerson.key}. */
  person: string;
  /** Title of the case. */
  title: string;
  /** Days before the seed. */
  daysAgo: number;
}

/** Somebody reports a case; at most one of each person. */
export interface DemoReport {
  /** {@link DemoPerson.key}. */
  by: string;
  /** Title of the case. */
  title: string;
  /** Days before the seed. */
  daysAgo: number;
  reason: 'suspected_scam' | 'duplicate_case' | 'incorrect_information' | 'animal_welfare' | 'other';
  details: string;
  /** What the admin makes of it, days after. */
  outcome?: { after: number; action: 'reviewing' | 'warn_user' | 'no_action'; notes?: string };
  /** What the owner says against it. */
  appeal?: string;
}

/** Someone writes below a case. */
export interface DemoComment extends DemoMark {
  text: string;
  /** What the owner of the case answers. */
  reply?: string;
}

/** One person follows another; both are {@link DemoPerson.key}. */
export interface DemoFollow {
  follower: string;
  followed: string;
  /** Days before the seed. */
  daysAgo: number;
}

export interface DemoBadge {
  /** {@link DemoPerson.key}. */
  person: string;
  /** A type of the badge catalogue. */
  type: string;
  description: string;
  /** Days before the seed. */
  daysAgo: number;
}

/** Someone says that a clinic is theirs to run. */
export interface DemoClaim {
  /** {@link DemoPerson.key}. */
  person: string;
  /** {@link DemoClinic.key}. */
  clinic: string;
  role: 'Owner' | 'Manager' | 'Staff';
  /** Days before the seed. */
  daysAgo: number;
  info: string;
  /** Whether the admin approves it on that day; it waits otherwise. */
  approved?: boolean;
}

/** The whole demo, before anything has happened. */
export interface DemoPlan {
  people: DemoPerson[];
  clinics: DemoClinic[];
  cases: DemoCase[];
  campaigns: DemoCampaign[];
  partners: DemoPartner[];
  invoices: DemoInvoice[];
  donations: DemoDonation[];
  supports: DemoSupport[];
  adoptions: DemoAdoption[];
  follows: DemoFollow[];
  likes: DemoMark[];
  saves: DemoMark[];
  endorsements: DemoMark[];
  comments: DemoComment[];
  badges: DemoBadge[];
  reports: DemoReport[];
  claims: DemoClaim[];
}

export const email = (key: string): string => `${key}@pawtreon.example`;

type Species = DemoPicture['species'];
type Scene = DemoPicture['scene'];
type Prop = DemoPicture['prop'];

/** What a picture shows. */
export const shows = (species: Species, scene: Scene, prop: Prop = 'none'): Omit<DemoPicture, 'seed'> => ({ species, scene, prop });

type Extras = Partial<Omit<DemoUpdate, 'after' | 'text'>>;

/** An entry by the case's owner. */
export const told = (after: number, text: string, extras: Extras = {}): DemoUpdate => ({ after, text, type: 'update', by: 'owner', ...extras });

/** A medical entry by the owner of the clinic that treats the animal. */
export const examined = (after: number, text: string, extras: Extras = {}): DemoUpdate => ({ after, text, type: 'medical', by: 'clinic', ...extras });
