/** Days as bars, side by side where there are two; whoever cannot see them reads the table behind them. */
import { VisuallyHidden } from '@mantine/core';
import { FormattedMessage, useIntl } from 'react-intl';
import classes from './numbers.module.css';

interface BarsProps {
  days: readonly { day: string; values: readonly number[] }[];
  /** Ids of the texts that name the values. */
  names: readonly string[];
}

const HIGH = 120;
const WIDE = 14;

export function Bars({ days, names }: BarsProps) {
  const intl = useIntl();
  const most = Math.max(1, ...days.flatMap(({ values }) => values));
  const label = (day: string) => intl.formatDate(`${day}T12:00:00`, { day: 'numeric', month: 'short' });
  if (days.length === 0) return null;
  return (
    <div className={classes.bars}>
      <svg height={HIGH} width={days.length * WIDE} aria-hidden>
        {days.map(({ day, values }, place) =>
          values.map((value, of) => {
            const height = (value / most) * (HIGH - 4);
            const width = (WIDE - 4) / values.length;
            return (
              <rect
                key={`${day} ${names[of]}`}
                className={classes.bar}
                data-of={of}
                x={place * WIDE + of * width}
                y={HIGH - height}
                width={width}
                height={height}
              >
                <title>{`${label(day)}: ${intl.formatNumber(value)}`}</title>
              </rect>
            );
          }),
        )}
      </svg>
      <VisuallyHidden>
        <table>
          <thead>
            <tr>
              {['numbers.day', ...names].map((id) => (
                <th key={id}>
                  <FormattedMessage id={id} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, values }) => (
              <tr key={day}>
                <td>{label(day)}</td>
                {values.map((value, of) => (
                  <td key={names[of]}>{intl.formatNumber(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </div>
  );
}
