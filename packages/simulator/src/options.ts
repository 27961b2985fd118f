/** What a simulator is made of, and the defaults. */
import type { JsonObject } from '@hazir/core';
import type { IdentityMode } from './protocol.ts';

/** A business number with what its owner's application was given. All values are synthetic. */
export interface SimulatedNumber {
  numberId: string;
  /** WhatsApp business account (WABA). */
  businessId: string;
  /** For example "+91 80000 00001"; the first group is the country code. */
  displayPhone: string;
  name: string;
  about?: string;
  verified: boolean;
  accessToken: string;
  appId: string;
  appSecret: string;
  verifyToken: string;
  /** Where webhooks of this number's application go; empty: nowhere. */
  callbackUrl: string;
  /** Whether the application is subscribed to the account from the start; default true. */
  subscribed?: boolean;
  /** Messages a second; default 80, upgraded numbers have 1,000. */
  throughput?: number;
  /** Only these (digits) can be written to, as with Meta's test numbers; else 131030. */
  allowList?: readonly string[];
  /** Edits and deletions arrive as such (default), or as `unsupported`, which numbers without coexistence get. */
  coexistence?: boolean;
  /** Approved templates that exist from the start, in the shape of a creation request. */
  templates?: readonly JsonObject[];
}

export interface InitialCitizen {
  id?: string;
  name: string;
  phone?: string;
  username?: string;
  identityMode?: IdentityMode;
}

/** Milliseconds from and to: from acceptance to sent, from sent to delivered, from opening the chat to read. */
export interface StatusDelays {
  sent: readonly [number, number];
  delivered: readonly [number, number];
  read: readonly [number, number];
}

/** How long a webhook that is not answered with 200 is tried again; Meta's own pages say both. */
export type RetryProfile = 'seven_days' | 'thirty_six_hours';

export interface SimulatorOptions {
  seed: number;
  /** Real time in milliseconds; default Date.now. */
  now?: () => number;
  numbers: readonly SimulatedNumber[];
  citizens?: readonly InitialCitizen[];
  statusDelaysMs?: Partial<StatusDelays>;
  retry?: RetryProfile;
  /** One message each 6 s to the same citizen, 45 at once; default on. */
  pairRate?: boolean;
  /** Messages a second of a number; default on. */
  throughput?: boolean;
  /** Outside the 24-hour window: refused at once (default), or accepted and reported as failed. */
  windowRefusal?: 'sync' | 'async';
  /** Messages to numbers that no citizen has fail with 131026 (default), or make a citizen. */
  unknownRecipients?: 'undeliverable' | 'create';
  /** Milliseconds until a template is reviewed; default 3 s. */
  reviewDelayMs?: number;
  /** Real milliseconds that a webhook may take; default 20 s. */
  webhookTimeoutMs?: number;
  /** Most bytes of files in memory; the oldest go first. Default 256 MB. */
  mediaBytes?: number;
  /** Folder of the built phone page. */
  phoneDir?: string;
  /** Where this simulator is reached, for addresses of media, without a slash at the end. */
  publicUrl: string;
}

export type Settings = Required<Omit<SimulatorOptions, 'statusDelaysMs' | 'phoneDir'>> & {
  statusDelaysMs: StatusDelays;
  phoneDir: string | undefined;
};

/** Fills in what was left out. */
export function settingsFrom(options: SimulatorOptions): Settings {
  return {
    now: Date.now,
    citizens: [],
    retry: 'seven_days',
    pairRate: true,
    throughput: true,
    windowRefusal: 'sync',
    unknownRecipients: 'undeliverable',
    reviewDelayMs: 3_000,
    webhookTimeoutMs: 20_000,
    mediaBytes: 256 * 1024 * 1024,
    ...options,
    publicUrl: options.publicUrl.replace(/\/+$/, ''),
    phoneDir: options.phoneDir,
    statusDelaysMs: { sent: [60, 250], delivered: [80, 400], read: [100, 500], ...options.statusDelaysMs },
  };
}
