/** `npm start`: installs and builds what is missing, then runs the application. Runs on Node 20, without packages. */
import { run } from './child.mjs';
import { build } from './build.mjs';
import { install, pinnedNode, root } from './install.mjs';

try {
  await install('[1/3]');
  await build('[2/3]');
  console.log('[3/3] starting ...');
  // Over the ipc channel the application notices when this process is killed.
  const { code } = await run(pinnedNode(), ['--enable-source-maps', 'dist/src/main.js', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
