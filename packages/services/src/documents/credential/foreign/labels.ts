/** What codes of other systems and their fields are called, in the thirteen languages of the verifier: one file each. */
import type { ForeignDocument } from './foreign-document.ts';
import type { ForeignLabels } from './foreign-labels.ts';
import { as } from './texts/as.ts';
import { bn } from './texts/bn.ts';
import { en } from './texts/en.ts';
import { gu } from './texts/gu.ts';
import { hi } from './texts/hi.ts';
import { kn } from './texts/kn.ts';
import { ml } from './texts/ml.ts';
import { mr } from './texts/mr.ts';
import { or } from './texts/or.ts';
import { pa } from './texts/pa.ts';
import { ta } from './texts/ta.ts';
import { te } from './texts/te.ts';
import { ur } from './texts/ur.ts';

const LABELS: Readonly<Record<string, ForeignLabels>> & { en: ForeignLabels } = {
  en,
  hi,
  mr,
  bn,
  as,
  or,
  ta,
  te,
  gu,
  pa,
  kn,
  ml,
  ur,
};

/** What the document is called, and each field by its label; English where the language is none of the verifier's. */
export function labelOf(
  { kind, fields }: ForeignDocument,
  language: string,
): { kind: string; fields: { label: string; value: string }[] } {
  const labels = LABELS[language.split('-')[0] ?? ''] ?? LABELS.en;
  const named = fields.map(({ name, value }) => ({ label: typeof name === 'string' ? labels.fields[name] : name.own, value }));
  return { kind: labels.kinds[kind], fields: named };
}
