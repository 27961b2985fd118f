import type { RequestDesks } from '@hazir/services';
import type { Database } from '@hazir/store';

/** What the public pages about service requests need. */
export interface PublicDeps {
  database: Database;
  /** What the packs of the organizations say, as they are now. */
  desks: () => RequestDesks;
  /** Short name of an organization. */
  slugOf: (organizationId: number) => string | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}
