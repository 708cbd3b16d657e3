import { createApp, prepareDatabase } from './app.js';
import { ConfigError, loadConfig } from './platform/config/config.js';

const config = loadConfig();
const url = config.databaseUrl!;
await prepareDatabase(config, url);
const app = await createApp(config, url);
await app.listen(config.port, config.host);
void ConfigError;
