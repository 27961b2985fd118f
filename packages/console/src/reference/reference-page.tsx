/** The API as whoever writes a program needs it, from the description that the server serves; nobody has to be signed in. */
import { Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { OFFLINE, ProblemError } from '../api/client.ts';
import { Loaded } from '../app/loaded.tsx';
import { type Operation, readDescription } from './read-description.ts';
import classes from './reference.module.css';

const ADDRESS = '/api/v1/openapi.json';

export function ReferencePage() {
  const found = useQuery({ queryKey: ['reference'], queryFn: fetchDescription, staleTime: Number.POSITIVE_INFINITY });
  return <Loaded found={found}>{(operations) => <Reference operations={operations} />}</Loaded>;
}

function Reference({ operations: all }: { operations: readonly Operation[] }) {
  const intl = useIntl();
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return all.filter(({ method, path, summary }) => `${method} ${path} ${summary}`.toLowerCase().includes(wanted));
  }, [all, words]);
  const groups = Map.groupBy(shown, ({ group }) => group);
  const search = intl.formatMessage({ id: 'reference.search' });
  return (
    <main className={classes.page}>
      <Title order={1} size="h3">
        <FormattedMessage id="reference.title" />
      </Title>
      <Text c="var(--dim)" size="sm">
        <FormattedMessage id="reference.text" /> <a href={ADDRESS}>openapi.json</a>
      </Text>
      <pre
        className={`${classes.code} ${classes.wraps}`}
      >{`curl -H "Authorization: Bearer hz311_…" ${window.location.origin}/api/v1/requests`}</pre>
      <search>
        <TextInput
          {...{ value: words, maw: 360, 'aria-label': search, placeholder: search }}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </search>
      {shown.length === 0 && (
        <Text role="status" c="var(--dim)">
          <FormattedMessage id="reference.none" />
        </Text>
      )}
      {[...groups].map(([group, operations]) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <Title order={2} size="h5" id={`group-${group}`}>
            {group}
          </Title>
          {operations.map((operation) => (
            <Entry key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
    </main>
  );
}

function Entry({ operation: { id, method, path, summary, parameters, body, answers } }: { operation: Operation }) {
  return (
    <details id={id} className={classes.entry}>
      <summary>
        <code>
          <b>{method}</b> {path}
        </code>
        <span>{summary}</span>
      </summary>
      {parameters.length > 0 && (
        <dl className={classes.parameters}>
          {parameters.map(({ name, where, required, type, description }) => (
            <div key={`${where} ${name}`}>
              <dt>
                <code>{required ? name : `${name}?`}</code> <small>{where}</small>
              </dt>
              <dd>
                {type} {description}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {body !== undefined && <Shape id="reference.body" shape={body} />}
      {answers.map(({ status, description, shape }) =>
        shape === undefined ? (
          <p key={status} className={classes.answer}>
            <code>{status}</code> {description}
          </p>
        ) : (
          <Shape key={status} id="reference.answer" shape={shape} />
        ),
      )}
    </details>
  );
}

function Shape({ id, shape }: { id: string; shape: string }) {
  return (
    <>
      <p className={classes.answer}>
        <FormattedMessage id={id} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <pre className={classes.code} tabIndex={0}>
        {shape}
      </pre>
    </>
  );
}

async function fetchDescription(): Promise<Operation[]> {
  const response = await fetch(ADDRESS).catch(() => undefined);
  if (response?.ok !== true) throw new ProblemError(OFFLINE, '');
  return readDescription(await response.json());
}
