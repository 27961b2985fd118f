import { fileURLToPath } from 'node:url';
import type { MigrationFolder } from '@hazir/store';

/** Its number puts it behind the tables of service requests. */
export const open311Migrations: MigrationFolder = {
  prefix: '8-open311',
  path: fileURLToPath(new URL('migrations', import.meta.url)),
};
