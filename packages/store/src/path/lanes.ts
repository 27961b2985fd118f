/** How urgent a message is, the most urgent first: a number serves the earlier before the later. Stored as the place in this list. */
export const LANES = ['emergency', 'reply', 'notification', 'broadcast'] as const;
export type Lane = (typeof LANES)[number];
