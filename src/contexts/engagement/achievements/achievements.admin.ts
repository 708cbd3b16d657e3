import { defineResource } from '../../../platform/backoffice/index.js';
import { Achievement } from './achievement.entity.js';
import { ACHIEVEMENT_TYPES } from './achievements.catalogue.js';

export const achievementsResource = defineResource({
  entity: Achievement,
  context: 'engagement',
  label: 'Achievements',
  title: 'type',
  listColumns: ['type', 'userId', 'unlockedAt', 'id'],
  enums: { type: ACHIEVEMENT_TYPES },
});
