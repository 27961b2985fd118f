/** Who is at which desk, and who is on call when: the supervisor's to say. */
import { Button, Group, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type Agent, answerOf, client, type Roster, type Shift } from '../api/client.ts';
import { rosterQuery, shiftsQuery } from '../api/queries.ts';
import { Problem, useProblemText } from '../app/problem.tsx';
import { AgentDialog } from './agent-dialog.tsx';
import classes from './roster.module.css';
import { ShiftDialog } from './shift-dialog.tsx';
import { mondayOf, WEEK_MS } from './week.ts';

export function RosterPage() {
  const found = useQuery(rosterQuery);
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  return (
    <div className={classes.page}>
      <Agents roster={found.data} />
      <Shifts roster={found.data} />
    </div>
  );
}

function Agents({ roster }: { roster: Roster }) {
  const intl = useIntl();
  const [chosen, setChosen] = useState<Agent>();
  const names = new Map(roster.desks.map(({ code, name }) => [code, name]));
  const or = (all: readonly string[], none: string) => (all.length === 0 ? intl.formatMessage({ id: none }) : all.join(', '));
  return (
    <section aria-labelledby="roster-officers">
      <Title order={1} size="h3" id="roster-officers">
        <FormattedMessage id="nav.roster" />
      </Title>
      {roster.agents.length === 0 && (
        <Text c="var(--dim)">
          <FormattedMessage id="roster.nobody" />
        </Text>
      )}
      <div className={classes.wide}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {['team.name', 'roster.desks', 'roster.languages', 'roster.capacity', 'roster.phone', 'roster.now'].map((id) => (
                <Table.Th key={id}>
                  <FormattedMessage id={id} />
                </Table.Th>
              ))}
              <Table.Th>
                <VisuallyHidden>
                  <FormattedMessage id="roster.change" />
                </VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {roster.agents.map((agent) => (
              <Table.Tr key={agent.officer.id}>
                <Table.Td>{agent.officer.name}</Table.Td>
                <Table.Td>
                  {or(
                    agent.desks.map((code) => names.get(code) ?? code),
                    'roster.allDesks',
                  )}
                </Table.Td>
                <Table.Td>{or(agent.languages, 'roster.anyLanguage')}</Table.Td>
                <Table.Td>{intl.formatNumber(agent.capacity)}</Table.Td>
                <Table.Td>{agent.phone ?? '–'}</Table.Td>
                <Table.Td>
                  <FormattedMessage id={agent.available ? 'duty.on' : 'duty.off'} />
                  {agent.talks > 0 && (
                    <>
                      {' · '}
                      <FormattedMessage id="roster.talks" values={{ count: agent.talks }} />
                    </>
                  )}
                </Table.Td>
                <Table.Td>
                  <Button size="compact-xs" variant="default" onClick={() => setChosen(agent)}>
                    <FormattedMessage id="roster.change" />
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {chosen !== undefined && <AgentDialog agent={chosen} roster={roster} close={() => setChosen(undefined)} />}
    </section>
  );
}

function Shifts({ roster }: { roster: Roster }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const [monday, setMonday] = useState(() => mondayOf(new Date()));
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Shift>();
  const end = new Date(monday.getTime() + WEEK_MS);
  const found = useQuery(shiftsQuery(monday.toISOString(), end.toISOString()));
  const changed = { onSettled: () => queries.invalidateQueries({ queryKey: ['shifts'] }) };
  const remove = useMutation({
    ...changed,
    mutationFn: async (shift: Shift) => {
      const { response, error } = await client.DELETE('/helpline/shifts/{shift}', { params: { path: { shift: shift.id } } });
      // There is nothing to answer.
      if (!response.ok) await answerOf(Promise.resolve({ response, error }));
    },
    onSuccess: (_done, shift) => setRemoved(shift),
  });
  const restore = useMutation({
    ...changed,
    mutationFn: ({ officer, id: _, ...shift }: Shift) =>
      answerOf(client.POST('/helpline/shifts', { body: { ...shift, officer: officer.id } })),
    onSuccess: () => setRemoved(undefined),
  });
  const names = new Map(roster.desks.map(({ code, name }) => [code, name]));
  const moment = (at: string) =>
    intl.formatDate(at, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  const problem = remove.error ?? restore.error ?? found.error;
  return (
    <section aria-labelledby="roster-shifts">
      <Group justify="space-between">
        <Title order={2} size="h4" id="roster-shifts">
          <FormattedMessage id="roster.onCall" />
        </Title>
        <Group gap={8}>
          <Button size="xs" variant="default" onClick={() => setMonday(new Date(monday.getTime() - WEEK_MS))}>
            <FormattedMessage id="roster.before" />
          </Button>
          <Text size="sm">
            {intl.formatDateTimeRange(monday, new Date(end.getTime() - 1), { day: 'numeric', month: 'short' })}
          </Text>
          <Button size="xs" variant="default" onClick={() => setMonday(end)}>
            <FormattedMessage id="roster.after" />
          </Button>
          <Button size="xs" onClick={() => setAdding(true)} disabled={roster.agents.length === 0}>
            <FormattedMessage id="roster.addShift" />
          </Button>
        </Group>
      </Group>
      {problem !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(problem)}
        </Text>
      )}
      {removed !== undefined && (
        <Group gap={8} role="status">
          <Text size="sm">
            <FormattedMessage id="roster.removed" values={{ name: removed.officer.name }} />
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => restore.mutate(removed)}>
            <FormattedMessage id="undo" />
          </Button>
        </Group>
      )}
      {found.data?.shifts.length === 0 && (
        <Text c="var(--dim)" py="md">
          <FormattedMessage id="roster.noShifts" />
        </Text>
      )}
      <ul className={classes.shifts}>
        {(found.data?.shifts ?? []).map((shift) => (
          <li key={shift.id}>
            <span>
              {moment(shift.startsAt)} – {moment(shift.endsAt)}
            </span>
            <span>
              <b>{shift.officer.name}</b> · {names.get(shift.desk) ?? shift.desk} ·{' '}
              <FormattedMessage id="roster.rank" values={{ number: shift.rank }} />
            </span>
            <Button size="compact-xs" variant="default" onClick={() => remove.mutate(shift)}>
              <FormattedMessage id="roster.remove" />
            </Button>
          </li>
        ))}
      </ul>
      {adding && <ShiftDialog roster={roster} monday={monday} close={() => setAdding(false)} />}
    </section>
  );
}
