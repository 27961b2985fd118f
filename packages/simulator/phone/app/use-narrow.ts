import { useSyncExternalStore } from 'react';

const query = matchMedia('(max-width: 480px)');

/** True on a screen as wide as a phone, where the page is the phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
