/** What is open, by area: the areas as the pack knows them, drawn here, and the same numbers as a table. Choosing an area narrows the list to it. */
import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { FormattedMessage, FormattedNumber } from 'react-intl';
import { boundariesQuery, countsQuery } from '../../api/queries.ts';
import { Problem } from '../../app/problem.tsx';
import { countFilterOf, type Filters } from '../filters.ts';
import classes from './area-map.module.css';
import { drawingOf } from './drawing.ts';
import { sumsByArea } from './sums.ts';

const SHADES = 5;

export function AreaMap({ filters }: { filters: Filters }) {
  const counts = useQuery(countsQuery(countFilterOf(filters)));
  const boundaries = useQuery(boundariesQuery);
  const drawing = useMemo(() => drawingOf(boundaries.data?.areas ?? []), [boundaries.data]);
  const sums = useMemo(() => sumsByArea(counts.data?.areas ?? []), [counts.data]);
  const most = Math.max(1, ...sums.map(({ count }) => count));
  if (counts.error !== null) return <Problem error={counts.error} retry={() => void counts.refetch()} />;
  const { show: _, ...kept } = filters;
  const listOf = (area: string) => ({ ...kept, area });
  const shadeOf = (code: string) => Math.ceil(((sums.find(({ area }) => area === code)?.count ?? 0) / most) * SHADES);
  return (
    <div className={classes.map}>
      {drawing.areas.length > 0 && (
        // The table beside it says the same to those who do not see it.
        <svg className={classes.drawing} viewBox={drawing.viewBox} aria-hidden>
          {drawing.areas.map(({ code, path, x, y }) => (
            <Link key={code} to="/requests" search={listOf(code)} tabIndex={-1}>
              <path d={path} className={classes.area} data-shade={shadeOf(code)} />
              <text x={x} y={y} className={classes.code} fontSize={drawing.letter}>
                {code}
              </text>
            </Link>
          ))}
        </svg>
      )}
      <div>
        {drawing.areas.length === 0 && boundaries.isSuccess && (
          <Text c="var(--dim)" size="sm" pb="sm">
            <FormattedMessage id="map.none" />
          </Text>
        )}
        <Table>
          <Table.Thead>
            <Table.Tr>
              {['filter.area', 'map.open', 'filter.overdue', 'map.soon'].map((id) => (
                <Table.Th key={id}>
                  <FormattedMessage id={id} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sums.map(({ area, count, overdue, soon }) => (
              <Table.Tr key={area ?? ''}>
                <Table.Td>
                  {area === null ? (
                    <FormattedMessage id="map.nowhere" />
                  ) : (
                    <Link className={classes.link} to="/requests" search={listOf(area)}>
                      {area}
                    </Link>
                  )}
                </Table.Td>
                {[count, overdue, soon].map((number, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
                  <Table.Td key={column}>
                    <FormattedNumber value={number} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}
