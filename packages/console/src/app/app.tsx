import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { codeOf } from '../api/client.ts';
import { LanguageProvider } from './language.tsx';
import { router } from './router.tsx';
import { theme } from './theme.ts';

const MOST_TRIES = 2;
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; what may pass is tried again.
      retry: (tries, error) => tries < MOST_TRIES && /^(offline|http:5|api:failed)/.test(codeOf(error) ?? ''),
    },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
