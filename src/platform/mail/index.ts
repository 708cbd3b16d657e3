export { type Mail, MailDeliveryError, Mailer, type MailerOptions, type SentMail } from './mailer.js';
export { MailTemplates, type RenderedMail } from './mail-templates.js';
