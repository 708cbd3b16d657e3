export { CaseSocialModule } from './case-social.module.js';
