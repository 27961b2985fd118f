/**
 * No organization reaches another: every route is called with what belongs to another one, by an officer who has every role, by one who
 * names the other organization, and by a program. Nothing of the other's is told, and nothing of it changes.
 */
import { textProperty } from '@hazir/core';
import { type Database, freshId } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { findOfficer } from '../../packages/server/src/auth/officers.ts';
import { ROLES, type Role } from '../../packages/server/src/auth/policies.ts';
import { recordAudit } from '../../packages/server/src/auth/record-audit.ts';
import { openTestDatabase } from '../support/database.ts';
import { type Api, type City, openApi, type Reply, signInAs } from './support.ts';
import { type Foreign, TENANCY, type TenancyCall } from './tenancy-routes.ts';

let database: Database;
let api: Api;
let foreign: Foreign;
let officer: string;
let key: string;
/** Stands in everything that is the other's. */
const WORD = 'zanzibar';
const EMAIL = `${WORD}@demo.invalid`;

beforeAll(async () => {
  database = await openTestDatabase();
  api = await openApi(database);
  const { own, other } = api.cities;
  const everyRole = (city: City) => Object.keys(ROLES).flatMap((role) => (isRole(role) ? [{ role, city }] : []));
  officer = await signInAs(api, database, { email: 'own@demo.invalid', grants: everyRole(own) });
  await signInAs(api, database, { email: EMAIL, grants: everyRole(other) });
  key = await own.key(['read', 'act', 'details']);
  foreign = await furnish(other, own);
});

function isRole(role: string): role is Role {
  return Object.hasOwn(ROLES, role);
}

/** Something of each kind. */
async function furnish(other: City, own: City): Promise<Foreign> {
  const { organizationId } = other;
  const reference = await other.open();
  const { id } = await findOfficer(database, EMAIL);
  const now = new Date(api.clock.now);
  const of = async (sql: string, values: unknown[]) => (await database.query<{ id: string }>(sql, values)).rows[0]?.id ?? '';
  await database.query('update service_requests set description = $2, address = $2 where organization_id = $1', [
    ...[organizationId, WORD],
  ]);
  const mine = await own.open();
  await database.query(
    `insert into contacts (organization_id, id, name)
     select distinct organization_id, contact_id, case organization_id when $1 then $2 else 'ours' end from service_requests`,
    [organizationId, WORD],
  );
  const contact = await of('select id from contacts where organization_id = $1', [organizationId]);
  const file = freshId(api.clock.now);
  await database.query(
    `insert into service_request_attachments (organization_id, contact_id, request_id, message_id, attached_at)
     select organization_id, contact_id, id, $3, now() from service_requests where organization_id = $1 and reference = $2`,
    [organizationId, reference, file],
  );
  const ticketOf = (organization: number, word: string) =>
    of(
      `insert into tickets (organization_id, contact_id, id, channel_id, topic, summary, data, assignee_id)
       values ($1, (select id from contacts where organization_id = $1 limit 1), $2, 1, $3, $3, '{}', null) returning id`,
      [organization, freshId(api.clock.now), word],
    );
  await recordAudit(database, {
    ...{ organizationId, actor: `officer-${id}`, address: WORD, action: 'ticket.seen', subject: WORD, contactId: contact, now },
  });
  const channel = await of(
    `insert into channels (organization_id, channel_type, account_id, business_id, name, display_phone, pack, base_url, graph_version, app_id,
                           access_token, app_secret, verify_token, messages_per_second, read_receipts, stopped_at, stopped_reason)
     values ($1, 'whatsapp', '77', '78', $2, $2, 'mumbai', 'http://127.0.0.1:1', 'v25.0', null, $2, $2, $2, 80, true, now(), $2) returning id::text`,
    [organizationId, WORD],
  );
  await other.key(['read']);
  await database.query('update open311_keys set name = $2 where organization_id = $1', [organizationId, WORD]);
  return {
    channel,
    key: await of('select id from open311_keys where organization_id = $1', [organizationId]),
    ...{ reference, file, line: file, officer: id, contact, email: EMAIL, ticket: await ticketOf(organizationId, WORD) },
    grant: await of('select id from officer_roles where officer_id = $1 limit 1', [id]),
    session: await of('select id from officer_sessions where officer_id = $1 limit 1', [id]),
    shift: await of(
      `insert into helpline_shifts (organization_id, id, desk, officer_id, rank, starts_at, ends_at)
       values ($1, $2, $3, $4, 1, now(), now() + interval '1 day') returning id`,
      [organizationId, freshId(api.clock.now), WORD, id],
    ),
    own: { reference: mine, ticket: await ticketOf(own.organizationId, 'ours') },
  };
}

/** Everything of the other organization, as one text. */
async function stateOfOther(): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'organization_id' and t.table_type = 'BASE TABLE'`,
  );
  const { organizationId } = api.cities.other;
  const parts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await database.query<{ text: string }>(
        `select coalesce(string_agg(t::text, chr(10) order by t::text), '') as text from ${name} t where organization_id = $1`,
        [organizationId],
      );
      return `${name}\n${rows[0]?.text}`;
    }),
  );
  const people = 'select o.*, a.password from officers o left join officer_accounts a on a.officer_id = o.id where o.email = $1';
  const { rows } = await database.query(people, [EMAIL]);
  const sessions = await database.query('select id from officer_sessions where officer_id = $1', [foreign.officer]);
  return [...parts.sort(), JSON.stringify(rows), sessions.rowCount].join('\n');
}

const routes = Object.keys(TENANCY);
const codeOf = ({ status, body }: Reply) => `${status} ${textProperty(body, 'code')}`;

async function send(route: string, { path, body }: TenancyCall, headers: Record<string, string>): Promise<Reply> {
  const method = route.split(' ')[0] ?? '';
  const json = typeof body !== 'string';
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { 'x-hazir-console': '1', 'content-type': json ? 'application/json' : 'application/octet-stream', ...headers },
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  });
  const text = await response.text();
  const parsed = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: parsed };
}

function expectNothingOfOthers({ body }: Reply): void {
  expect(JSON.stringify(body).toLowerCase()).not.toContain(WORD);
}

test.each(routes)('%s: an officer with every role reaches nothing of another organization', async (route) => {
  for (const call of TENANCY[route]?.(foreign) ?? []) {
    const before = await stateOfOther();
    const reply = await send(route, call, { cookie: officer });
    const given = `${call.path} -> ${codeOf(reply)}`;
    if (call.answer === 'refused') expect([403, 404], given).toContain(reply.status);
    if (call.answer === 'bad') expect([400, 403, 404, 409, 422], given).toContain(reply.status);
    // A pack without a helpline has none to show.
    if (call.answer === 'own' && !call.path.startsWith('/helpline')) expect(reply.status, given).toBe(200);
    expectNothingOfOthers(reply);
    expect(await stateOfOther(), given).toBe(before);
  }
});

test.each(routes)('%s: an officer who names another organization is refused', async (route) => {
  const chosen = { cookie: officer, 'x-hazir-organization': String(api.cities.other.organizationId) };
  for (const call of TENANCY[route]?.(foreign) ?? [])
    if (call.answer !== 'open') expect(codeOf(await send(route, call, chosen)), call.path).toBe('403 api:no-organization');
});

test.each(routes)('%s: a program reaches nothing of another organization', async (route) => {
  for (const call of TENANCY[route]?.(foreign) ?? []) {
    const before = await stateOfOther();
    const reply = await send(route, call, { authorization: `Bearer ${key}` });
    if (call.answer === 'refused') expect([401, 403, 404], codeOf(reply)).toContain(reply.status);
    expectNothingOfOthers(reply);
    expect(await stateOfOther(), call.path).toBe(before);
  }
});

test('the walk itself would notice: whoever is of the other organization is told the word', async () => {
  const other = await signInAs(api, database, {
    email: 'second@demo.invalid',
    grants: [{ role: 'supervisor', city: api.cities.other }],
  });
  for (const path of [`/requests/${foreign.reference}`, `/tickets/${foreign.ticket}`, '/audit'])
    expect(JSON.stringify((await api.browse(path, other)).body)).toContain(WORD);
  expect(api.faults).toEqual([]);
});
