import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { FormattedMessage } from 'react-intl';

export function NotFound() {
  return (
    <Stack p="xl" gap="xs">
      <Title order={1} size="h3">
        <FormattedMessage id="notFound.title" />
      </Title>
      <Text c="var(--dim)">
        <FormattedMessage id="notFound.text" />
      </Text>
      <Anchor component={Link} to="/requests">
        <FormattedMessage id="nav.requests" />
      </Anchor>
    </Stack>
  );
}
