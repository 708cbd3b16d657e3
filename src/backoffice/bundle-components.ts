/** Part of the build: bundles the browser components, so that nothing is bundled at run time. */
process.env['NODE_ENV'] = 'production';

const { AdminJS } = await import('./adminjs.js');
const { ComponentBundle, componentLoader } = await import('./component-bundle.js');

await new ComponentBundle(new AdminJS({ componentLoader: componentLoader() })).path();
export {};
