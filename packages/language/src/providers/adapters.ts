import { bhashini } from './bhashini/adapter.ts';
import type { ProviderAdapter } from './contract.ts';
import { google } from './google/adapter.ts';
import { openai } from './openai/adapter.ts';
import { sarvam } from './sarvam/adapter.ts';

/** Every provider that Hazir knows, by type. A new one is its folder and a line here. */
export const providerAdapters: ReadonlyMap<string, ProviderAdapter> = new Map(
  [bhashini, sarvam, google, openai].map((adapter) => [adapter.type, adapter]),
);
