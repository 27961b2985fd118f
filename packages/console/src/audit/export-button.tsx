/** Everything that the filters leave, as a file. It is fetched here, so that a refusal is told and not saved. */
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FormattedMessage } from 'react-intl';
import { answerOf, client } from '../api/client.ts';
import { useProblemText } from '../app/problem.tsx';
import { save } from '../app/save.ts';
import { type AuditFilters, auditQueryOf } from './filters.ts';

export function ExportButton({ filters }: { filters: AuditFilters }) {
  const textOf = useProblemText();
  const exporting = useMutation({
    mutationFn: () => answerOf(client.GET('/audit.csv', { params: { query: auditQueryOf(filters) }, parseAs: 'blob' })),
    onSuccess: (file) => save(file, `audit-${new Date().toISOString().slice(0, 10)}.csv`),
  });
  return (
    <>
      <Button size="xs" variant="default" loading={exporting.isPending} onClick={() => exporting.mutate()}>
        <FormattedMessage id="audit.export" />
      </Button>
      {exporting.error !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(exporting.error)}
        </Text>
      )}
    </>
  );
}
