import { defineResource } from '../../../platform/backoffice/index.js';
import { Follow } from './follow.entity.js';

export const followsResource = defineResource({ entity: Follow, context: 'identity', label: 'Follows' });
