export { type Batcher, createBatcher } from './batcher.ts';
export { isDatabaseAway } from './database-away.ts';
export {
  type ChannelBook,
  DEFAULT_SETTINGS,
  type FileStore,
  type LoadedPack,
  type PackBook,
  type ProviderDesk,
  type Role,
  type RuntimeDeps,
  type RuntimeSettings,
} from './deps.ts';
export { keepFile } from './files/keep-file.ts';
export { createHttpClient } from './http.ts';
export { handIn } from './inbound/hand-in.ts';
export type { Log } from './log.ts';
export type { Meter } from './metrics.ts';
export { migrateJobs } from './migrate.ts';
export type { ConfiguredProvider, ProviderRules } from './providers/configured.ts';
export { createProviderDesk } from './providers/desk.ts';
export { makeExchange } from './providers/exchange.ts';
export { createGateway, type ProviderCallMeter } from './providers/gateway.ts';
export { type FlowStart, type Runtime, startRuntime } from './runtime.ts';
export type { NumberState } from './sender/scheduler.ts';
export { EVENTS_SIGNAL, LOOK_SIGNAL } from './signals.ts';
export { createAskSystem } from './systems/ask.ts';
export type { OutsideSystem, SystemBook } from './systems/system.ts';
export { systemAdapters } from './systems/system-adapters.ts';
export { seededRandom } from './turn/random.ts';
export { createDecoder } from './voice/decode.ts';
