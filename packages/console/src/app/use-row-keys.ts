import { useMemo } from 'react';
import { useKeys } from './shortcuts.tsx';

/** Rows are links: the keys move the focus, so that Enter opens as everywhere, and a screen reader says what has it. */
export function useRowKeys(list: { current: HTMLElement | null }, close: (() => void) | undefined): void {
  const keys = useMemo(() => {
    const step = (by: number) => {
      const rows = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
      const at = rows.findIndex((row) => row === document.activeElement || row.getAttribute('aria-current') === 'true');
      rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
    };
    return { j: () => step(1), k: () => step(-1), Escape: () => close?.() };
  }, [list, close]);
  useKeys(keys);
}
