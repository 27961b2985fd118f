/** What every citizen service brings: a name, settings that a pack gives, operations for flows, tables of its own. */
import type { Json, Problem } from '@hazir/core';
import type { StoredTexts } from '@hazir/language';
import type { MigrationFolder, Operation, Tx } from '@hazir/store';
import type { Schedule } from './appointments/schedule.ts';
import type { Helpline } from './helpline/desk.ts';
import type { RequestDesk } from './service-requests/desk.ts';

/** What a pack gives to a service: its settings from pack.yaml, and the pack's files. */
export interface ServiceSource {
  settings: Json;
  languages: readonly string[];
  defaultLanguage: string;
  /** A file of the pack by its path ("data/wards.geojson"); undefined when it is not there. */
  readText: (path: string) => string | undefined;
  /** True for what is published already: what was judged then is not judged again. */
  published?: boolean;
}

export interface LoadedService {
  operations: Operation[];
  /** What is wrong with the settings or the data, with file and line. Nothing is offered while there is any. */
  problems: Problem[];
  /** What the service knows of a question that no flow claims. */
  knows?: Knows;
  /** Texts that are searched in the database, because they are too many for memory; written when the pack is published. */
  searched?: SearchedTexts;
  /** Whether words name a place of the pack. */
  names?: NamesPlace;
  /** Makes the files that its operations promise as `made: <service>/<id>`. */
  makeFile?: MakeFile;
  /** Sessions that come again and are to be there in time. */
  schedule?: Schedule;
  /** What the pack says of service requests, for officers' commands and for what is done by itself. */
  requestDesk?: RequestDesk;
  /** What the pack says of its helpline, for officers and for what is done by itself. */
  helpline?: Helpline;
}

export interface MadeFile {
  bytes: Uint8Array;
  mimeType: string;
}

/** Makes a citizen's file when it is sent, the same each time. Throws a HazirError for what is not to be sent any more. */
export type MakeFile = (
  tx: Tx,
  wanted: { organizationId: number; contactId: string; id: string; now: Date },
) => Promise<MadeFile>;

/**
 * Whether words name a place; `sure`: they are its name and little else; `said`: those of them that surely name it;
 * `spelt`: by their letters. Undefined: they name none.
 */
export type NamesPlace = (words: string) => { sure: boolean; said?: string; spelt: boolean } | undefined;

/** What is known of a question; `now` in milliseconds since 1970. */
export type Knows = (question: string, now: number) => Known;

export interface Known {
  /** What is answered, best first: none, one, or a few that are equally near. */
  passages: { id: string; likeness: number }[];
  /** The first one wins over a flow that the words might open. */
  sure: boolean;
  /** What comes near, answered or not, for authors. */
  nearest: { id: string; likeness: number; told: boolean }[];
}

export interface SearchedTexts {
  /** Of their content. */
  name: string;
  read: () => StoredTexts;
}

export interface ServiceModule {
  /** As pack.yaml names it, for example "directory". */
  name: string;
  migrations?: MigrationFolder;
  /** Reads and checks the data once; operations close over what they need. */
  load: (source: ServiceSource) => LoadedService;
}
