/** The badges there are (behaviour 2.19). */
export const ACHIEVEMENT_TYPES = [
  'first_donation',
  'monthly_donor',
  'helped_10',
  'helped_50',
  'helped_100',
  'big_heart',
  'early_supporter',
  'community_hero',
  'verified_volunteer',
  'verified_veterinarian',
  'verified_groomer',
  'verified_trainer',
  'verified_business',
  'verified_shelter',
  'top_transporter',
  'foster_hero',
  'rescue_champion',
  'event_organizer',
  'founding_member',
  'ambassador',
] as const;
export type AchievementType = (typeof ACHIEVEMENT_TYPES)[number];

export interface Badge {
  title: string;
  description: string;
  icon: string;
}

/** How each badge is shown to whoever earned it. Unearned ones are never shown. */
export const BADGES: Record<AchievementType, Badge> = {
  first_donation: { title: 'First Steps', description: 'Made a first donation', icon: '🎉' },
  monthly_donor: { title: 'Monthly Hero', description: 'Donated in each of three consecutive months', icon: '📅' },
  helped_10: { title: 'Helping Hand', description: 'Helped 10 animals', icon: '🤝' },
  helped_50: { title: 'Animal Guardian', description: 'Helped 50 animals', icon: '🛡️' },
  helped_100: { title: 'Legend', description: 'Helped 100 animals', icon: '👑' },
  big_heart: { title: 'Big Heart', description: 'Made one donation of at least 100 BGN or its equivalent', icon: '💖' },
  early_supporter: { title: 'Early Supporter', description: 'Joined before the first anniversary', icon: '⭐' },
  community_hero: { title: 'Community Hero', description: 'Shared 10 different cases', icon: '🦸' },
  verified_volunteer: { title: 'Verified Volunteer', description: 'Recognised as a volunteer', icon: '✅' },
  verified_veterinarian: { title: 'Verified Veterinarian', description: 'Credentials as a veterinarian were checked', icon: '🏥' },
  verified_groomer: { title: 'Verified Groomer', description: 'Credentials as a groomer were checked', icon: '✂️' },
  verified_trainer: { title: 'Verified Trainer', description: 'Credentials as a trainer were checked', icon: '🎓' },
  verified_business: { title: 'Verified Business', description: 'Registration of the business was checked', icon: '🏪' },
  verified_shelter: { title: 'Verified Shelter', description: 'Registration of the shelter was checked', icon: '🏠' },
  top_transporter: { title: 'Top Transporter', description: 'Drove 10 animals to safety', icon: '🚗' },
  foster_hero: { title: 'Foster Hero', description: 'Fostered 5 animals', icon: '🏡' },
  rescue_champion: { title: 'Rescue Champion', description: 'Took part in 10 rescues', icon: '🦸' },
  event_organizer: { title: 'Event Organizer', description: 'Organised 3 events', icon: '🎪' },
  founding_member: { title: 'Founding Member', description: 'Joined before the public launch', icon: '🏅' },
  ambassador: { title: 'Ambassador', description: 'Contributed to the community in an outstanding way', icon: '🌍' },
};
