import { createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: "'Noto Sans Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif",
  headings: { fontWeight: '600' },
  defaultRadius: 'md',
  fontSizes: { xs: '12px', sm: '13px', md: '14px' },
});
