/** A list with what is open beside it: what waits, what went wrong and what is empty look the same in each. */
import { Center, Loader, Text, Title } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import classes from './list.module.css';
import { Problem } from './problem.tsx';

interface ListPageProps {
  /** Id of the text. */
  title: string;
  /** What the list is narrowed by. */
  filters: ReactNode;
  found: { isPending: boolean; isSuccess: boolean; error: unknown; refetch: () => unknown };
  /** Id of the text for an empty list; undefined: it is not empty. */
  empty: string | undefined;
  /** Something of the list is open. */
  open: boolean;
  /** The rows. */
  children: ReactNode;
}

export function ListPage({ title, filters, found, empty, open, children }: ListPageProps) {
  return (
    <div className={classes.page} data-open={open ? '' : undefined}>
      <section className={classes.list} aria-labelledby="list-title">
        <div className={classes.head}>
          <Title order={1} size="h3" id="list-title">
            <FormattedMessage id={title} />
          </Title>
          {filters}
        </div>
        {found.isPending && (
          <Center p="xl">
            <Loader type="dots" />
          </Center>
        )}
        {found.error !== null && <Problem error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && empty !== undefined && (
          <Text c="var(--dim)" ta="center" p="xl">
            <FormattedMessage id={empty} />
          </Text>
        )}
        {children}
      </section>
      {open && (
        <div className={classes.detail}>
          <Outlet />
        </div>
      )}
    </div>
  );
}
