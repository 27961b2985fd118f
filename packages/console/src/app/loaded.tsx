/** Something that is asked for: while it comes, when it did not, and when it is there. */
import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from './problem.tsx';

interface LoadedProps<Data> {
  found: { isPending: boolean; data: Data | undefined; error: unknown; refetch: () => unknown };
  children: (data: Data) => ReactNode;
}

export function Loaded<Data>({ found, children }: LoadedProps<Data>) {
  if (found.isPending)
    return (
      <Center p="xl">
        <Loader type="dots" />
      </Center>
    );
  if (found.data === undefined) return <Problem error={found.error} retry={() => void found.refetch()} />;
  return children(found.data);
}
