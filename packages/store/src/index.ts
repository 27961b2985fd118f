export { column, values } from './columns.ts';
export { connect, type Database, type DatabaseOptions, openDatabase, type Tx } from './database.ts';
export { type Cluster, type ClusterOptions, startCluster } from './embedded/cluster.ts';
export { makeTemporaryFolder } from './embedded/temporary-folder.ts';
export {
  expectFile,
  type FetchedContent,
  fetchedFile,
  fileOfMessage,
  forgetVoice,
  type MessageFile,
  noteContent,
  recordFile,
  saveUpload,
  uploadedMedia,
} from './files.ts';
export { derivedId, freshId, inboundId, timedId, timeOfId } from './ids.ts';
export { type Listener, listenTo } from './listen.ts';
export { type MigrationFolder, migrate, missingMigrations, storeMigrations } from './migrate.ts';
export type { Operation, OperationContext } from './operation.ts';
export {
  type Archive,
  type ArchivedRow,
  closeArchive,
  countRows,
  deleteRows,
  detachSource,
  dropSource,
  KEPT_MONTHS,
  listArchives,
  listPolicies,
  listSources,
  type RetentionPolicy,
  readRows,
  type Source,
  saveArchive,
  setPolicy,
} from './operations/archive.ts';
export { type Backlog, type InboxBacklog, type OutboxBacklog, readBacklog } from './operations/backlog.ts';
export {
  type DecisionFilter,
  findDecision,
  type KeptDecision,
  labelPhrase,
  listDecisions,
  listLabels,
  type PhraseLabel,
} from './operations/decisions.ts';
export { type Found, findByExternalId, findById, lifeOf, type TracedLife } from './operations/life.ts';
export {
  countParked,
  dropParked,
  listParked,
  type ParkedFilter,
  type ParkedKey,
  type ParkedRecord,
  type Retried,
  retryParked,
} from './operations/parked.ts';
export type { Life, LoggedMessage } from './operations/read-life.ts';
export { readStuck, type Stuck } from './operations/stuck.ts';
export {
  type Conversation,
  type ConversationKey,
  dueConversations,
  lastInboundAt,
  loadConversations,
  postponeTimer,
} from './path/conversations.ts';
export { type MessageFact, mergeFacts, recordFacts, statusOf } from './path/facts.ts';
export {
  alreadyLogged,
  countAttempt,
  dropFromInbox,
  type InboxEntry,
  type InboxRow,
  ingest,
  readInbox,
  readPlaces,
  stillWaiting,
} from './path/inbox.ts';
export { LANES, type Lane } from './path/lanes.ts';
export {
  type Claimed,
  claimOutbox,
  forgottenInOutbox,
  holdAbandoned,
  holdInDoubt,
  type OutboxRow,
  type Portion,
  postponeOutbox,
  readOutbound,
  readOutbox,
  returnToOutbox,
  stillInOutbox,
} from './path/outbox.ts';
export {
  type ConversationWrite,
  commitTurns,
  type EventWrite,
  emptyTurns,
  isConflict,
  type MessageWrite,
  type OutboxState,
  type OutboxWrite,
  type TurnsWrite,
} from './path/turns.ts';
export { addressesOf, type ContactKey, setLanguage, setName, setOptedOut, survivorOf } from './people/contacts.ts';
export {
  type ContactIdentity,
  type ContactRow,
  findContacts,
  latestChannel,
  listIdentities,
  readContact,
} from './people/find-contacts.ts';
export type { Person } from './people/identities.ts';
export { applyIdentityChange } from './people/identity-change.ts';
export { resolveContacts } from './people/resolve-contacts.ts';
export { prepared } from './prepared.ts';
export {
  listNotices,
  type NewTicket,
  openTicket,
  type ParkedMessage,
  parkMessage,
  saveNotice,
  saveStrayStatus,
  saveUnknown,
} from './records.ts';
export { type FoundTexts, findTexts, saveTextSet, type TextSet, type TextSetKey } from './search/searched-texts.ts';
export {
  type Channel,
  listChannels,
  type NewChannel,
  resumeChannel,
  saveChannel,
  setThroughput,
  stopChannel,
} from './setup/channels.ts';
export { ensureOrganization, listOrganizations, type Organization } from './setup/organizations.ts';
export { type PackVersionKey, readPackModel, savePackModel } from './setup/pack-models.ts';
export { countByVersion, newestVersions, type PackVersion, publishPack, readPackVersion } from './setup/pack-versions.ts';
export { addProviderCost, type Budget, countProviderCall, providerSpending, type SpendingKey } from './spending.ts';
export {
  addShift,
  type HelplineAgent,
  listAgents,
  listShifts,
  removeShift,
  type Shift,
  saveAgent,
  seeAgent,
  setAvailable,
} from './tickets/agents.ts';
export { ticketFigures } from './tickets/numbers.ts';
export {
  addTicketNote,
  fileInTalk,
  latestInbound,
  listTicketNotes,
  readTalk,
  seeMentions,
  type TalkLine,
  type TicketNote,
} from './tickets/talk.ts';
export {
  changeTicket,
  countTickets,
  FEEDBACK,
  listTickets,
  OUTCOMES,
  readTicket,
  TICKET_VIEWS,
  type Ticket,
  ticketsOfContact,
} from './tickets/tickets.ts';
