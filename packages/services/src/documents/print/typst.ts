/**
 * Typst in this thread: it keeps fonts and layouts warm, so that only a document's own words are set anew. It has no network and no
 * files but those that are put here. Missing glyphs are refused by its own check of PDF/A, not left as empty boxes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { fontFolders } from './fonts.ts';
import type { Page } from './page.ts';

type Typst = typeof import('@myriaddreamin/typst-ts-node-compiler');

/** A page as PDF, or what is wrong with its layout: the line is one of the layout, from 1. */
export type Printed = { pdf: Uint8Array } | { wrong: string; line: number };

export interface Press {
  print: (page: Page) => Printed;
}

/**
 * PDF/A-2 forbids what is attached, unless it is PDF/A itself; PDF/A-3 is PDF/A-2 with attachments of any kind. 3b, for 3a and 3u
 * promise that the text can be copied letter by letter, which no font of joined scripts can keep.
 */
const STANDARD = 'a-3b';
/** A folder that does not exist: everything is put in by hand. */
const ROOT = join(import.meta.dirname, 'nowhere');
const HAZIR = ['document.typ', 'certificate.typ'];
/** What so many times of forgetting did not use is forgotten. */
const KEPT = 2;
/** Forgetting costs as much as it frees when it is done for each page. */
const FORGET_EVERY = 25;

/** Starts Typst; reading the fonts takes about 50 ms. Throws where it has no build for this machine. */
export function openPress(): Press {
  // A page is too little work to be shared among threads: they would cost more than they save.
  process.env.RAYON_NUM_THREADS ??= '1';
  const { NodeCompiler }: Typst = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler');
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontPaths: fontFolders() }] });
  for (const name of HAZIR) compiler.addSource(join(ROOT, 'hazir', name), ownLayout(name));
  let kept = '';
  let count = 0;
  return {
    print: (page) => {
      const main = join(ROOT, 'layout.typ');
      if (kept !== page.layout) compiler.addSource(main, page.layout);
      kept = page.layout;
      // As a file, not as input: inputs are part of Typst's library, which would be built anew for each page.
      compiler.mapShadow(join(ROOT, 'hazir', 'document.json'), Buffer.from(JSON.stringify(page.doc)));
      compiler.mapShadow(join(ROOT, 'hazir', 'code'), Buffer.from(page.pixels));
      const compiled = compiler.compile({ mainFilePath: main });
      try {
        if (compiled.result === null) {
          const diagnostics = compiled.takeDiagnostics();
          return wrongIn(diagnostics === null ? [] : compiler.fetchDiagnostics(diagnostics));
        }
        return { pdf: compiler.pdf(compiled.result, { pdfStandard: STANDARD, creationTimestamp: page.madeAt }) };
      } catch (error) {
        return { wrong: messageIn(String(error)), line: 1 };
      } finally {
        count += 1;
        if (count % FORGET_EVERY === 0) compiler.evictCache(KEPT);
      }
    },
  };
}

/** The text of a layout that comes with Hazir. */
export function ownLayout(name: string): string {
  return readFileSync(join(import.meta.dirname, 'layout', name), 'utf8');
}

/** Of Typst's own words for what it will not export. */
function messageIn(error: string): string {
  const quoted = /message: "((?:[^"\\]|\\.)*)"/.exec(error)?.[1];
  return quoted?.replaceAll('\\"', '"') ?? error;
}

const diagnostics = z.array(
  z.object({
    message: z.string(),
    range: z.object({ start: z.object({ line: z.number() }) }).nullable(),
  }),
);

function wrongIn(found: unknown): { wrong: string; line: number } {
  const [first] = diagnostics.parse(found);
  return { wrong: first?.message ?? 'unknown', line: (first?.range?.start.line ?? 0) + 1 };
}
