/** Keeps every page as new as the house: one stream of what changes, for all of them. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { FullTicket, Me } from '../api/client.ts';

/** A colleague who looks at a talk, or writes in it. */
export interface Present {
  officer: { id: string; name: string };
  writing: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

interface Living {
  /** False while the line is cut: pages ask by themselves then. */
  connected: boolean;
  /** By ticket. */
  present: ReadonlyMap<string, readonly Present[]>;
}

const Lived = createContext<Living>({ connected: false, present: new Map() });
/** Lists are asked again about so often, however much happens to others; not by all consoles in the same moment. */
const LISTS_MS = 2_000;
/** Of a talk they show no more than that somebody waits. */
const TALKS_MS = 5_000;
const MOST_PAGES = 4;
/** Whoever said that they write, and says nothing more, has stopped. */
const WRITING_MS = 8_000;

export function useLive(): Living {
  return useContext(Lived);
}

export function Live({ me, children }: { me: Me; children: ReactNode }) {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);
  const [present, setPresent] = useState<Living['present']>(new Map());
  const { id: organization } = me.organization;
  const { id: own } = me.officer;
  useEffect(() => {
    const source = new EventSource(`/api/v1/events?organization=${organization}`);
    const lists = refreshLists(queries);
    const on = (name: string, take: (data: Record<string, unknown>) => void) =>
      source.addEventListener(name, (event) => take(Object(JSON.parse(event.data))));
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    on('reload', () => void queries.invalidateQueries());
    on('ticket', ({ id, urgent, officers }) => {
      void queries.invalidateQueries({ queryKey: ['ticket', id] });
      const matters = urgent === true || (Array.isArray(officers) && officers.includes(own));
      lists.look('tickets', matters ? 0 : LISTS_MS);
    });
    on('talk', ({ contactIds }) => {
      const spoken = new Set(Array.isArray(contactIds) ? contactIds : []);
      const isOpen = (data: unknown) => spoken.has(contactOf(data));
      void queries.invalidateQueries({ predicate: ({ queryKey, state }) => queryKey[0] === 'ticket' && isOpen(state.data) });
      if (queries.getQueriesData({ queryKey: ['tickets'] }).some(([, data]) => ticketsIn(data).some(isOpen)))
        lists.look('tickets', TALKS_MS);
    });
    on('request', ({ ids }) => {
      if (Array.isArray(ids)) for (const id of ids) void queries.invalidateQueries({ queryKey: ['request', id] });
      else void queries.invalidateQueries({ queryKey: ['request'] });
      lists.look('requests', LISTS_MS);
    });
    on('presence', (data) => setPresent((known) => withPresence(known, data, own)));
    return () => {
      source.close();
      lists.stop();
    };
  }, [queries, organization, own]);
  const value = useMemo(() => ({ connected, present }), [connected, present]);
  return <Lived value={value}>{children}</Lived>;
}

function refreshLists(queries: QueryClient) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    look: (name: string, within: number) => {
      const before = waiting.get(name);
      if (before !== undefined && within > 0) return;
      clearTimeout(before);
      const look = () => {
        waiting.delete(name);
        // A list that was scrolled far is not asked for anew as a whole: whoever reads its end does not watch its beginning.
        void queries.invalidateQueries({ queryKey: [name], predicate: ({ state }) => pagesIn(state.data) <= MOST_PAGES });
      };
      waiting.set(name, setTimeout(look, within * (0.5 + Math.random())));
    },
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}

function pagesIn(data: unknown): number {
  const { pages }: { pages?: unknown } = Object(data);
  return Array.isArray(pages) ? pages.length : 1;
}

/** Of all pages of a list. */
function ticketsIn(data: unknown): unknown[] {
  const { pages = [] }: { pages?: { tickets?: unknown[] }[] } = Object(data);
  return pages.flatMap(({ tickets = [] }) => tickets);
}

function contactOf(data: unknown): string | undefined {
  const { contact }: Partial<FullTicket> = Object(data);
  return contact?.id;
}

function withPresence(known: Living['present'], data: Record<string, unknown>, own: string): Living['present'] {
  const { id, name }: Partial<Present['officer']> = Object(data.officer);
  const ticket = data.id;
  if (typeof ticket !== 'string' || id === undefined || name === undefined || id === own) return known;
  const now = Date.now();
  const others = (known.get(ticket) ?? []).filter((one) => one.officer.id !== id && now - one.at < WRITING_MS);
  return new Map(known).set(ticket, [...others, { officer: { id, name }, writing: data.writing === true, at: now }]);
}

/** Colleagues who write in a talk now. */
export function useWriters(ticket: string): readonly string[] {
  const { present } = useLive();
  const [now, setNow] = useState(Date.now);
  const here = present.get(ticket);
  useEffect(() => {
    if (here === undefined) return;
    setNow(Date.now());
    const timer = setTimeout(() => setNow(Date.now()), WRITING_MS);
    return () => clearTimeout(timer);
  }, [here]);
  return (here ?? []).filter(({ writing, at }) => writing && now - at < WRITING_MS).map(({ officer }) => officer.name);
}
