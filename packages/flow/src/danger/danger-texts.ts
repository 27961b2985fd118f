import type { Danger } from '@hazir/language';

/** What is said to somebody in danger: one bubble, whom to call first, then what to do; `told` ends it. */
export type DangerTexts = Readonly<Record<Danger | 'told', string>>;
