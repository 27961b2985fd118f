/** Asks for what an act needs: another desk, a day, or what came of it. */
import { Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { FullTicket } from '../api/client.ts';
import { helplineQuery } from '../api/queries.ts';
import { FormDialog } from '../app/form-dialog.tsx';
import { localTime } from '../app/local-time.ts';
import { type TicketAct, useTicketAct } from './use-ticket-act.ts';

export type Wanted = 'transfers' | 'follow-ups' | 'closures';

const TITLES: Readonly<Record<Wanted, string>> = {
  transfers: 'ticket.transfer',
  'follow-ups': 'ticket.followUp',
  closures: 'ticket.close',
};
const OUTCOMES = ['solved', 'handed_over', 'unreachable', 'no_concern'] as const;
const MOST_NOTE = 4_096;
const DAY_MS = 86_400_000;

export function TicketDialog({ ticket, wanted, close }: { ticket: FullTicket; wanted: Wanted; close: () => void }) {
  const intl = useIntl();
  // As it was seen when the dialog was opened: the page behind it moves on.
  const [seen] = useState(ticket);
  const acting = useTicketAct(ticket, close);
  const submit = (form: FormData) => acting.mutate(actIn(wanted, seen, form));
  const title = <FormattedMessage id={TITLES[wanted]} />;
  const help = wanted === 'follow-ups' ? 'ticket.followUpHelp' : 'ticket.noteHelp';
  return (
    <FormDialog title={title} does={title} acting={acting} submit={submit} close={close}>
      <Fields ticket={ticket} wanted={wanted} />
      <Textarea
        name="note"
        label={intl.formatMessage({ id: 'act.note' })}
        description={intl.formatMessage({ id: help })}
        maxLength={MOST_NOTE}
        autosize
        minRows={2}
      />
    </FormDialog>
  );
}

function Fields({ ticket, wanted }: { ticket: FullTicket; wanted: Wanted }) {
  const intl = useIntl();
  const { data } = useQuery(helplineQuery);
  const label = (id: string) => intl.formatMessage({ id });
  const groups = (data?.desks ?? []).map(({ name, topics }) => ({
    group: name,
    items: topics
      .filter(({ code }) => wanted !== 'transfers' || code !== ticket.topic)
      .map(({ code, name: of }) => ({ value: code, label: of })),
  }));
  if (wanted === 'follow-ups')
    return (
      <TextInput
        name="at"
        type="datetime-local"
        label={label('ticket.followUpAt')}
        defaultValue={localTime(new Date(Date.now() + DAY_MS))}
        min={localTime(new Date())}
        required
        data-autofocus
      />
    );
  if (wanted === 'transfers') return <Chooser name="topic" label={label('ticket.toTopic')} data={groups} required />;
  const outcomes = OUTCOMES.map((value) => ({ value, label: label(`outcome.${value}`) }));
  const known = groups.some(({ items }) => items.some(({ value }) => value === ticket.topic));
  return (
    <>
      <Chooser name="outcome" label={label('ticket.outcome')} data={outcomes} first="solved" required />
      {known && <Chooser name="topic" label={label('ticket.topic')} data={groups} first={ticket.topic} required />}
    </>
  );
}

type Options = { value: string; label: string }[];

function Chooser({
  name,
  first = null,
  ...shown
}: {
  name: string;
  label: string;
  data: Options | { group: string; items: Options }[];
  first?: string | null;
  required?: boolean;
}) {
  const [value, setValue] = useState<string | null>(first);
  return (
    <>
      <Select {...shown} value={value} onChange={setValue} allowDeselect={false} comboboxProps={{ withinPortal: false }} />
      <input type="hidden" name={name} value={value ?? ''} />
    </>
  );
}

function actIn(wanted: Wanted, { version, topic: before }: FullTicket, form: FormData): TicketAct {
  const said = (name: string) => String(form.get(name) ?? '').trim();
  const note = said('note');
  if (wanted === 'transfers') return { by: wanted, body: { topic: said('topic'), note, version } };
  if (wanted === 'follow-ups') return { by: wanted, body: { at: new Date(said('at')).toISOString(), note, version } };
  const topic = said('topic');
  const outcome = OUTCOMES.find((one) => one === said('outcome')) ?? 'solved';
  return { by: wanted, body: { outcome, note, version, ...(topic !== '' && topic !== before && { topic }) } };
}
