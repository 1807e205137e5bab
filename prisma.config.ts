// For the Prisma CLI, a tool of development: the program itself finds its database in src/config.ts and applies
// migrations by itself (adapters/postgres/migrate.ts).
import { defineConfig } from 'prisma/config';

const url = process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
