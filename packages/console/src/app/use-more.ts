import { useCallback } from 'react';

interface Pages {
  hasNextPage: boolean;
  isFetching: boolean;
  fetchNextPage: () => unknown;
}

/** Asks for the next page of a list; undefined when there is none. */
export function useMore({ hasNextPage, isFetching, fetchNextPage }: Pages): (() => void) | undefined {
  const more = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  return hasNextPage ? more : undefined;
}
