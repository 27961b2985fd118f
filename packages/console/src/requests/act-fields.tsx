/** What an act asks for. */
import { Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Move, Vocabulary } from '../api/client.ts';
import { vocabularyQuery } from '../api/queries.ts';
import type { Act } from './use-act.ts';

/** What is to be done; a move of the life cycle brings what it requires. */
export interface Wanted {
  by: Act['by'];
  move?: Move;
}

const MOST_NOTE = 4_000;

export function Note({ required }: { required: boolean }) {
  const intl = useIntl();
  return (
    <Textarea
      name="note"
      label={intl.formatMessage({ id: 'act.note' })}
      description={intl.formatMessage({ id: 'act.noteHelp' })}
      maxLength={MOST_NOTE}
      autosize
      minRows={3}
      required={required}
      data-autofocus
    />
  );
}

/** `department`: whose posts stand first. */
export function Fields({ department, wanted: { by, move } }: { department: string | null; wanted: Wanted }) {
  const intl = useIntl();
  const { data: words } = useQuery(vocabularyQuery);
  const label = (id: string) => intl.formatMessage({ id });
  if (by === 'merges')
    return <TextInput name="into" label={label('act.into')} description={label('act.intoHelp')} required maxLength={100} />;
  if (by === 'assignments')
    return <Chooser name="post" label={label('request.post')} data={postsFor(words, department)} required />;
  if (by === 'transfers')
    return (
      <>
        <Chooser name="category" label={label('act.toCategory')} data={leavesOf(words)} />
        <Chooser name="department" label={label('act.toDepartment')} data={optionsOf(words?.departments)} />
      </>
    );
  if (move !== undefined && move.reasons.length > 0)
    return (
      <Chooser
        name="reason"
        label={label('act.reason')}
        data={optionsOf(move.reasons)}
        required={move.requires.includes('reason')}
      />
    );
  return null;
}

function Chooser({ name, ...shown }: { name: string; label: string; data: Option[]; required?: boolean }) {
  const [value, setValue] = useState<string | null>(null);
  return (
    <>
      <Select {...shown} value={value} onChange={setValue} searchable comboboxProps={{ withinPortal: false }} />
      <input type="hidden" name={name} value={value ?? ''} />
    </>
  );
}

interface Option {
  value: string;
  label: string;
}

function optionsOf(all: readonly { code: string; name: string }[] = []): Option[] {
  return all.map(({ code, name }) => ({ value: code, label: name }));
}

function leavesOf(words: Vocabulary | undefined): Option[] {
  const parents = new Set(words?.categories.map(({ parent }) => parent));
  return optionsOf(words?.categories.filter(({ code }) => !parents.has(code)));
}

/** The department's own posts first. */
function postsFor(words: Vocabulary | undefined, department: string | null): Option[] {
  const posts = words?.posts ?? [];
  const own = posts.filter((post) => post.department === department);
  return optionsOf([...own, ...posts.filter((post) => post.department !== department)]);
}

/** What the form says. */
export function actIn({ by, move }: Wanted, form: FormData): Act {
  const said = (name: string) => String(form.get(name) ?? '').trim();
  const some = (name: string) => (said(name) === '' ? {} : { [name]: said(name) });
  switch (by) {
    case 'moves':
      return { by, body: { move: move?.code ?? '', ...some('note'), ...some('reason') } };
    case 'notes':
      return { by, body: { note: said('note') } };
    case 'transfers':
      return { by, body: { to: { ...some('category'), ...some('department') }, ...some('note') } };
    case 'assignments':
      return { by, body: { post: said('post'), ...some('note') } };
    case 'merges':
      return { by, body: { into: said('into'), ...some('note') } };
  }
}
