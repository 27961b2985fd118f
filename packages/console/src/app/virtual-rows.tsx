/** A long list of which only what is seen is on the page: ten thousand rows scroll as ten do. The next ones are asked for before the end is seen. */
import { Loader } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import classes from './list.module.css';
import { useRowKeys } from './use-row-keys.ts';

interface VirtualRowsProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  row: (item: Item) => ReactNode;
  /** Asks for the next ones; absent: there are none, or they are being asked for. */
  more: (() => void) | undefined;
  /** Leaves what is open; absent: nothing is. */
  close: (() => void) | undefined;
}

/** Of a row before it is measured. */
const GUESS_PX = 44;
const BEYOND = 12;

export function VirtualRows<Item>({ items, keyOf, row, more, close }: VirtualRowsProps<Item>) {
  const box = useRef<HTMLDivElement>(null);
  useRowKeys(box, close);
  const options = useMemo(
    () => ({
      getScrollElement: () => box.current,
      estimateSize: () => GUESS_PX,
      overscan: BEYOND,
    }),
    [],
  );
  const virtual = useVirtualizer({
    ...options,
    count: items.length,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const nearEnd = items.length > 0 && last >= items.length - BEYOND;
  useEffect(() => {
    if (nearEnd) more?.();
  }, [nearEnd, more]);
  return (
    <div className={classes.rows} ref={box} tabIndex={items.length > 0 ? 0 : -1}>
      <ul className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              aria-setsize={more === undefined ? items.length : -1}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row(item)}
            </li>
          );
        })}
      </ul>
      {more !== undefined && (
        <div className={classes.foot}>
          <Loader type="dots" size="sm" />
        </div>
      )}
    </div>
  );
}
