export { VolunteerPage } from './volunteers.dto.js';
export { volunteerActivityLogged } from './volunteers.events.js';
export { VolunteersModule } from './volunteers.module.js';
export { VolunteersReader } from './volunteers.reader.js';
