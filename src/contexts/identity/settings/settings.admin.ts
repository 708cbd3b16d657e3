import { defineResource } from '../../../platform/backoffice/index.js';
import { UserSettings } from './user-settings.entity.js';

export const settingsResource = defineResource({ entity: UserSettings, context: 'identity', label: 'User settings' });
