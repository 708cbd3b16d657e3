import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';
import { SnakeNaming } from './src/platform/database/naming.js';

/** For the TypeORM command line, on a database that `DATABASE_URL` names; the application migrates itself at start. */
export default new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
  entities: ['dist/src/**/*.entity.js'],
  migrations,
  migrationsTableName: 'schema_migrations',
  namingStrategy: new SnakeNaming(),
});
