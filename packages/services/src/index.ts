export { checkIn } from './appointments/check-in.ts';
export { drawLots, listDraws } from './appointments/draws.ts';
export { daySheet, exportSessions, sheetCsv } from './appointments/export.ts';
export { type ImportedSessions, importSessions } from './appointments/import.ts';
export { offerSeats } from './appointments/offers.ts';
export { cancelSession, type ListedSession, listSessions, markNoShows, walkIn } from './appointments/officer.ts';
export { type RebookProgress, rebookFallen } from './appointments/rebook.ts';
export { sendReminders } from './appointments/reminders.ts';
export { planSessions, type Schedule } from './appointments/schedule.ts';
export { dateOf } from './appointments/times.ts';
export { textIn } from './data/localized.ts';
export { writeCsv } from './data/write-csv.ts';
export type { SignedDocument } from './documents/credential/claims.ts';
export type { ForeignDocument } from './documents/credential/foreign/foreign-document.ts';
export { labelOf } from './documents/credential/foreign/labels.ts';
export { type PublishedTrust, publishedTrust, readTrust, type Trust } from './documents/credential/trust.ts';
export { type Verdict, verifyDocument } from './documents/credential/verify-document.ts';
export { foreignKeysFile, trustForeignKeys } from './documents/foreign-keys.ts';
export { type IssuerFacts, publishTrust, readIssuer } from './documents/issuer.ts';
export { rotateKey } from './documents/keys.ts';
export { correctDocument, revokeDocument } from './documents/officer.ts';
export { isPicture, readPicture } from './documents/picture/read-picture.ts';
export { type DocumentRow, documentsOf, findByNumber, listDocuments, organizationsWithNumber } from './documents/records.ts';
export { callOnDuty } from './helpline/call-on-duty.ts';
export { type Desk, deskOf, type Helpline, type Helplines, topicName, topicsOf } from './helpline/desk.ts';
export { followUp } from './helpline/follow-up.ts';
export { offerTickets } from './helpline/offer-tickets.ts';
export { type LoadedServices, loadServices, serviceMigrations, serviceModules } from './load-services.ts';
export { peopleById } from './people/records.ts';
export { sendDueReminders } from './reminders/send-due.ts';
export type {
  Known,
  Knows,
  LoadedService,
  MadeFile,
  MakeFile,
  NamesPlace,
  SearchedTexts,
  ServiceModule,
  ServiceSource,
} from './service-module.ts';
export { type Actor, moversOf } from './service-requests/actor.ts';
export { type Attachment, attachedFile, listAttachments } from './service-requests/attachments.ts';
export { attributesInWords } from './service-requests/attributes.ts';
export { recountClocks } from './service-requests/clocks/recount.ts';
export { runClocks } from './service-requests/clocks/run-clocks.ts';
export { categoryName, currentState, departmentName, lifeCycleOf, type RequestDesk } from './service-requests/desk.ts';
export type { Photo } from './service-requests/evidence.ts';
export { requestFigures } from './service-requests/figures.ts';
export { type EventRow, listEvents } from './service-requests/history.ts';
export { type Move, movesFrom, type StateKind } from './service-requests/life-cycles/life-cycle.ts';
export {
  countByArea,
  isLate,
  isWithin,
  type ListPosition,
  listRequests,
  organizationsWithReference,
  positionOf,
  type RequestFilter,
  type Within,
} from './service-requests/list.ts';
export { type MergeInput, mergeRequests } from './service-requests/merge.ts';
export { type Acting, type MoveInput, moveRequest } from './service-requests/move.ts';
export { addNote } from './service-requests/note.ts';
export { sendNotices } from './service-requests/notifications/send.ts';
export { openRequest } from './service-requests/open.ts';
export {
  type AnswerOpen311,
  createOpen311,
  type Open311Answer,
  type Open311Request,
} from './service-requests/open311/answer.ts';
export { answerOnce } from './service-requests/open311/answer-once.ts';
export { createCallCounter } from './service-requests/open311/count-calls.ts';
export { open311Desk } from './service-requests/open311/desk.ts';
export type { Ask } from './service-requests/open311/feed/calls.ts';
export { type ListedForward, listForwards, retryForward } from './service-requests/open311/feed/list.ts';
export { pollDepartments } from './service-requests/open311/feed/poll.ts';
export { sendForwards } from './service-requests/open311/feed/send.ts';
export type { Jurisdiction } from './service-requests/open311/jurisdiction.ts';
export { findKey, listKeys, makeKey, type Open311Key, revokeKey, SCOPES, type Scope } from './service-requests/open311/keys.ts';
export { type LoadPast, loadPast, removePast } from './service-requests/past/load-past.ts';
export { type AreaAt, type Past, readPast } from './service-requests/past/read-past.ts';
export { findPublic, type PublicRequest, referencesOf } from './service-requests/public/find-public.ts';
export { type OpenArea, type OpenData, type OpenRow, readOpenData } from './service-requests/public/open-data.ts';
export { findByReference, listOfContact, type RequestRow } from './service-requests/records.ts';
export { readReference } from './service-requests/reference.ts';
export { type Post, type Responsibility, subordinates } from './service-requests/responsibility/responsibility.ts';
export { eventFor } from './service-requests/seen.ts';
export { type TransferInput, transferRequest } from './service-requests/transfer.ts';
export { type RequestDesks, remindCitizens } from './service-requests/waiting.ts';
export type { Tell, Told } from './tell.ts';
