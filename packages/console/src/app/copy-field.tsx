import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { FormattedMessage } from 'react-intl';

/** Something to be pasted elsewhere. */
export function CopyField({ label, value }: { label: string; value: string }) {
  return (
    <Group gap={8} align="flex-end" wrap="nowrap">
      <TextInput readOnly flex={1} value={value} label={label} onFocus={(event) => event.currentTarget.select()} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            <FormattedMessage id={copied ? 'copied' : 'copy'} />
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
