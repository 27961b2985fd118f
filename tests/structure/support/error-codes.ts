/**
 * The `area:reason` codes of the sources, and those that docs/errors.md explains. A code with an open end, `fetch:status-404`,
 * is written `fetch:status-…` in the document and stands in the sources as a template that begins so.
 */
import { NOT_ERROR_AREAS } from '../exceptions.ts';
import { lineAt, read, sources } from './tree.ts';

const CODE = /'([a-z][a-z0-9]*(?:-[a-z0-9]+)*:[a-z][a-z0-9]*(?:-[a-z0-9]+)*)'/g;
const OPEN_CODE = /`([a-z][a-z0-9]*:(?:[a-z][a-z0-9]*-)*)\$\{/g;
const ENTRY = /^\| `([a-z][a-z0-9-]*:[a-z0-9-]*…?)` \|/gm;

/** Code -> the first place where it stands. */
export function codesInSources(): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of sources) {
    const text = withoutComments(read(path));
    for (const match of text.matchAll(CODE)) {
      const code = match[1] ?? '';
      if (!Object.hasOwn(NOT_ERROR_AREAS, areaOf(code)) && !found.has(code))
        found.set(code, `${path}:${lineAt(text, match.index)}`);
    }
  }
  return found;
}

/** The beginnings of templates such as `fetch:status-${status}`, whatever they are for. */
export function openCodesInSources(): Set<string> {
  return new Set(sources.flatMap((path) => [...read(path).matchAll(OPEN_CODE)].map((match) => `${match[1]}…`)));
}

/** The codes of each section of the document. */
export function sectionsOfDocument(): string[][] {
  const sections = read('docs/errors.md').split(/^## /m);
  return sections.map((section) => [...section.matchAll(ENTRY)].flatMap((match) => match[1] ?? []));
}

export function areaOf(code: string): string {
  return code.slice(0, code.indexOf(':'));
}

/** Comments become blank; lines stay where they are. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}
