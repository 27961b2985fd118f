import { fileURLToPath } from 'node:url';

/** Where the build puts the phone page. */
export const PHONE_DIR = fileURLToPath(new URL('../../../simulator/dist/phone', import.meta.url));
