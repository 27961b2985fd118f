import type { ForeignField, ForeignKind } from './foreign-document.ts';

/** What codes of other systems and their fields are called in one language. */
export interface ForeignLabels {
  kinds: Readonly<Record<ForeignKind, string>>;
  fields: Readonly<Record<ForeignField, string>>;
}
