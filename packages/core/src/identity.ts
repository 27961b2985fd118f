/**
 * How a channel knows a person. A contact is ours and has any number of identities; a phone may be absent.
 * `bsuid` and `parent_bsuid` are WhatsApp's business-scoped user ids, unique per business portfolio.
 */
export type IdentityKind = 'phone' | 'bsuid' | 'parent_bsuid';

export interface Identity {
  kind: IdentityKind;
  /** Phone: digits in E.164 without "+". Others: the provider's opaque id. */
  value: string;
}

/** The order in which identities are trusted when they disagree: the scoped id first, the phone last. */
export const IDENTITY_TRUST: readonly IdentityKind[] = ['bsuid', 'parent_bsuid', 'phone'];
