/** The only place that imports AdminJS, so that its environment is always set first. */
import './adminjs-environment.js';

export { buildRouter } from '@adminjs/express';
export {
  AdminJS,
  AppController,
  AppError,
  BaseProperty,
  BaseRecord,
  BaseResource,
  ComponentLoader,
  Filter,
  Router as AdminRouter,
  ValidationError,
} from 'adminjs';
export type {
  Action,
  ActionContext,
  ActionRequest,
  ActionResponse,
  AdminJSOptions,
  ListActionResponse,
  LocaleTranslationsBlock,
  PropertyErrors,
  PropertyOptions,
  PropertyType,
  RecordActionResponse,
  RecordJSON,
  ResourceOptions,
  ResourceWithOptions,
} from 'adminjs';
