/** A link that is shown this once; whoever has it chooses the password. */
import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { FormattedMessage, useIntl } from 'react-intl';

export function LinkShown({ link, name }: { link: string; name: string }) {
  const intl = useIntl();
  const address = new URL(link, window.location.origin).href;
  return (
    <Alert variant="outline" color="teal" bg="var(--raised)" role="status">
      <Stack gap="xs">
        <Text size="sm">
          <FormattedMessage id="team.linkText" values={{ name }} />
        </Text>
        <Group gap={8} align="flex-end" wrap="nowrap">
          <TextInput
            readOnly
            flex={1}
            value={address}
            aria-label={intl.formatMessage({ id: 'team.link' })}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                <FormattedMessage id={copied ? 'copied' : 'copy'} />
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Alert>
  );
}
