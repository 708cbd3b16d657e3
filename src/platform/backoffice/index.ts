export * from './backoffice-download.js';
export * from './backoffice-resource.js';
export * from './backoffice-section.js';
export { BackofficeRegistry } from './backoffice.registry.js';
export { BackofficeRegistryModule, BackofficeResourcesModule } from './backoffice-resources.module.js';
