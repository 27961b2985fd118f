/** For tests: a helpline of two desks, officers on duty, and tickets. */
import { freshId, type Tx } from '@hazir/store';
import { type LoadedServices, loadServices } from '../load-services.ts';

const CALENDARS = `
calendars:
  - code: office
    timeZone: Asia/Kolkata
    week: { mon: "09:00-18:00", tue: "09:00-18:00", wed: "09:00-18:00", thu: "09:00-18:00", fri: "09:00-18:00", sat: "09:00-18:00" }
`;

export const DESKS = `
desks:
  - code: nurses
    name: { en: Nurses }
    topics:
      - { code: danger, name: { en: In danger } }
      - { code: medical, name: { en: A question for a nurse } }
    talkMinutes: 10
    ladder: [0, 5, 10]
  - code: supplies
    name: { en: Supplies }
    topics: [{ code: ration, name: { en: Ration } }]
    hours: office
`;

/** Loads a helpline with these desks and replies. */
export function loadHelpline(desks = DESKS, replies?: string): LoadedServices {
  const files: Readonly<Record<string, string | undefined>> = {
    'data/desks.yaml': desks,
    'data/calendars.yaml': CALENDARS,
    'data/replies.yaml': replies,
  };
  const settings = {
    desks: 'data/desks.yaml',
    calendars: 'data/calendars.yaml',
    ...(replies && { replies: 'data/replies.yaml' }),
  };
  return loadServices({ helpline: settings }, { languages: ['en'], defaultLanguage: 'en', readText: (path) => files[path] });
}

export interface TestAgent {
  name: string;
  desks?: readonly string[];
  languages?: readonly string[];
  capacity?: number;
  phone?: string;
  /** On duty since; absent: not there. */
  seenAt?: Date;
}

/** An officer of the helpline; resolves with the id. */
export async function addAgent(tx: Tx, organizationId: number, agent: TestAgent): Promise<string> {
  const { name, desks = [], languages = [], capacity = 4, phone = null, seenAt } = agent;
  const { rows } = await tx.query<{ id: string }>(
    `insert into officers (email, name, language, email_verified) values ($1, $2, 'en', true) returning id`,
    [`${freshId(0)}@demo.invalid`, name],
  );
  const id = rows[0]?.id ?? '';
  await tx.query(
    `insert into officer_roles (organization_id, id, officer_id, role, granted_at) values ($1, $2, $3, 'agent', now())`,
    [organizationId, freshId(0), id],
  );
  await tx.query(
    `insert into helpline_agents (organization_id, officer_id, desks, languages, capacity, phone, available, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organizationId, id, desks, languages, capacity, phone, seenAt !== undefined, seenAt ?? null],
  );
  return id;
}

/** A contact who writes this language. */
export async function addContact(tx: Tx, organizationId: number, language = 'en'): Promise<string> {
  const id = freshId(Date.now());
  await tx.query('insert into contacts (organization_id, id, language) values ($1, $2, $3)', [organizationId, id, language]);
  return id;
}
