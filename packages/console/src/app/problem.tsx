/** What went wrong, in the officer's words, with a way on. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { FormattedMessage, useIntl } from 'react-intl';
import { codeOf } from '../api/client.ts';

/** A sentence for a problem; those that the console knows have one in its own languages. */
export function useProblemText(): (error: unknown) => string {
  const intl = useIntl();
  return (error) => {
    const code = codeOf(error) ?? 'unknown';
    const id = `problem.${code}`;
    const known = Object.hasOwn(intl.messages, id);
    return known ? intl.formatMessage({ id }) : intl.formatMessage({ id: 'problem.other' }, { code });
  };
}

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const textOf = useProblemText();
  return (
    <Alert variant="outline" color="red" role="alert" m="md" bg="var(--raised)">
      <Group justify="space-between">
        <Text c="var(--late)">{textOf(error)}</Text>
        {retry !== undefined && (
          <Button variant="default" size="xs" onClick={retry}>
            <FormattedMessage id="again" />
          </Button>
        )}
      </Group>
    </Alert>
  );
}
