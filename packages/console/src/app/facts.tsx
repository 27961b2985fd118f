/** What is known of something, by name. */
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

interface FactsProps {
  /** Ids of the names, with their values. */
  facts: readonly (readonly [string, ReactNode])[];
  className: string | undefined;
}

export function Facts({ facts, className }: FactsProps) {
  return (
    <dl className={className}>
      {facts.map(([id, value]) => (
        <div key={id}>
          <dt>
            <FormattedMessage id={id} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
