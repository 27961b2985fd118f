import '@fontsource-variable/noto-sans/index.css';
import '@fontsource-variable/noto-sans-devanagari/index.css';
import '@mantine/core/styles.css';
import './app/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
