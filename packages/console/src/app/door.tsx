/** The card in the middle of a page on which nobody is signed in yet. */
import { Card, Center, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

export function Door({ children }: { children: ReactNode }) {
  return (
    <Center component="main" mih="100%" p="md" bg="var(--quiet)">
      <Card w={440} maw="100%" padding="xl" withBorder>
        <Stack gap="lg">
          <Title order={1} size="h2">
            <FormattedMessage id="brand" />
          </Title>
          {children}
        </Stack>
      </Card>
    </Center>
  );
}
