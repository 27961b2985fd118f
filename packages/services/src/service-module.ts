/** What every citizen service brings: a name, settings that a pack gives, operations for flows, tables of its own. */
import type { Json, Problem } from '@hazir/core';
import type { MigrationFolder, Operation } from '@hazir/store';

/** What a pack gives to a service: its settings from pack.yaml, and the pack's files. */
export interface ServiceSource {
  settings: Json;
  languages: readonly string[];
  defaultLanguage: string;
  /** A file of the pack by its path ("data/wards.geojson"); undefined when it is not there. */
  readText: (path: string) => string | undefined;
}

export interface LoadedService {
  operations: Operation[];
  /** What is wrong with the settings or the data, with file and line. Nothing is offered while there is any. */
  problems: Problem[];
}

export interface ServiceModule {
  /** As pack.yaml names it, for example "directory". */
  name: string;
  migrations?: MigrationFolder;
  /** Reads and checks the data once; operations close over what they need. */
  load: (source: ServiceSource) => LoadedService;
}
