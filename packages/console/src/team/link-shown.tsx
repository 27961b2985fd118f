/** A link that is shown this once; whoever has it chooses the password. */
import { Alert, Stack, Text } from '@mantine/core';
import { FormattedMessage, useIntl } from 'react-intl';
import { CopyField } from '../app/copy-field.tsx';

export function LinkShown({ link, name }: { link: string; name: string }) {
  const intl = useIntl();
  const address = new URL(link, window.location.origin).href;
  return (
    <Alert variant="outline" color="teal" bg="var(--raised)" role="status">
      <Stack gap="xs">
        <Text size="sm">
          <FormattedMessage id="team.linkText" values={{ name }} />
        </Text>
        <CopyField label={intl.formatMessage({ id: 'team.link' })} value={address} />
      </Stack>
    </Alert>
  );
}
