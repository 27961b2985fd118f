export {
  type ChannelBook,
  DEFAULT_SETTINGS,
  type FileStore,
  type LoadedPack,
  type PackBook,
  type RuntimeDeps,
  type RuntimeSettings,
} from './deps.ts';
export type { Log } from './log.ts';
export { migrateJobs } from './migrate.ts';
export { type Runtime, startRuntime } from './runtime.ts';
