export { AchievementsModule } from './achievements.module.js';
