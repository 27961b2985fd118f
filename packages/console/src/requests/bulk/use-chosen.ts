/** Requests that are chosen in the list, with the version that was seen then. */
import { useCallback, useMemo, useState } from 'react';
import type { Request } from '../../api/client.ts';
import { useKeys } from '../../app/shortcuts.tsx';

export interface Chosen {
  versions: ReadonlyMap<string, number>;
  toggle: (request: Pick<Request, 'reference' | 'version'>) => void;
  clear: () => void;
}

const NONE: ReadonlyMap<string, number> = new Map();

/** "x" chooses the row that has the focus. */
export function useChosen(requests: readonly Request[]): Chosen {
  const [versions, setVersions] = useState(NONE);
  const toggle = useCallback<Chosen['toggle']>(
    ({ reference, version }) =>
      setVersions((before) => {
        const after = new Map(before);
        if (!after.delete(reference)) after.set(reference, version);
        return after;
      }),
    [],
  );
  useKeys(
    useMemo(
      () => ({
        x: () => {
          const reference = document.activeElement?.getAttribute('data-reference');
          const request = requests.find((one) => one.reference === reference);
          if (request !== undefined) toggle(request);
        },
      }),
      [requests, toggle],
    ),
  );
  return { versions, toggle, clear: useCallback(() => setVersions(NONE), []) };
}
