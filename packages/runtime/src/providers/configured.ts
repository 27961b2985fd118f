/** The providers of an organization, as the operator has set them up. */
import type { ProviderAccount, ProviderAdapter, ProviderTask } from '@hazir/language';
import type { Budget } from '@hazir/store';

export interface ConfiguredProvider {
  /** The operator's name for it. */
  id: string;
  adapter: ProviderAdapter;
  account: ProviderAccount;
  /** Time-out of one request. */
  timeoutMs: number;
  /** What it costs, for the budget. */
  rupees: { perMinute: number; perThousandTokens: number; perThousandCharacters: number };
}

export interface ProviderRules extends Budget {
  /** The first that answers is taken. */
  chain: { [Task in ProviderTask]?: readonly ConfiguredProvider[] };
  /** Whether a language model may choose among the flows that a message may mean. */
  choose: boolean;
  /** Whether a language model may say approved passages in other words. */
  rephrase: boolean;
}

/** By organization; read again when the settings change. */
export type RulesOf = (organizationId: number) => ProviderRules | undefined;
