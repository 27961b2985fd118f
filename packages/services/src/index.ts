export { type ImportedSessions, importSessions } from './appointments/import.ts';
export { checkIn, type ListedSession, listSessions, markNoShows } from './appointments/officer.ts';
export { dateOf } from './appointments/times.ts';
export { type LoadedServices, loadServices, serviceMigrations, serviceModules } from './load-services.ts';
export type { Known, Knows, LoadedService, ServiceModule, ServiceSource } from './service-module.ts';
export { changeStatus, closeServiceRequest, type StatusChange, type StatusChanged } from './service-requests/change-status.ts';
export type { OfficerEvent, RequestStatus } from './service-requests/life-cycle.ts';
export { type ListedRequest, listServiceRequests, organizationsWithReference } from './service-requests/list.ts';
