/** Prints every template in every language of the pack when it is published: what cannot be printed is known before a citizen waits for it. */
import type { DataReader } from '../../data/source.ts';
import type { DocumentTemplate } from '../templates.ts';
import { PRINTED_WORDS } from './all-words.ts';
import { type Page, type Printing, pageOf } from './page.ts';
import { openPress, ownLayout, type Press, type Printed } from './typst.ts';

export type PrintingOf = (template: DocumentTemplate) => Printing;

/** As long as the longest that is signed. */
const LONG_CODE = 'HZ1:'.padEnd(970, '0');
const DAY_OF_ISSUE = new Date('2026-11-22T09:00:00Z');

/** The Typst source of each template's layout by its code; what is missing is reported. */
export function readLayouts(
  reader: DataReader,
  templates: ReadonlyMap<string, DocumentTemplate>,
): ReadonlyMap<string, string | undefined> {
  const own = ownLayout('certificate.typ');
  return new Map([...templates.values()].map(({ code, layout }) => [code, layout === undefined ? own : reader.read(layout)]));
}

/** Reports layouts that Typst refuses, letters that no font has, and languages in which Hazir does not print. */
export function checkLayouts(
  reader: DataReader,
  templates: ReadonlyMap<string, DocumentTemplate>,
  { file, printingOf }: { file: string; printingOf: PrintingOf },
): void {
  const languages = reader.languages.filter((language) => Object.hasOwn(PRINTED_WORDS, language));
  for (const language of reader.languages.filter((each) => !languages.includes(each)))
    reader.report('documents:no-words', `Documents cannot be printed in ${language}`, {
      file: 'pack.yaml',
      hint: `Hazir prints in ${Object.keys(PRINTED_WORDS).join(', ')}.`,
    });
  const press = pressFor(reader);
  if (press === undefined) return;
  for (const template of templates.values()) {
    const wrong = firstWrong(press, { template, languages, printing: printingOf(template) });
    if (wrong === undefined) continue;
    const hint = 'Layouts, and the letters that can be printed, are described in docs/how-to/documents.md.';
    reader.report('documents:bad-layout', `"${template.code}" cannot be printed in ${wrong.language}: ${wrong.what}`, {
      file: template.layout ?? file,
      line: wrong.line,
      hint,
    });
  }
}

function pressFor(reader: DataReader): Press | undefined {
  try {
    return openPress();
  } catch {
    const hint = 'Run npm install again; Typst comes for Linux, macOS and Windows on x64 and arm64.';
    reader.report('documents:not-printed', 'Typst does not run on this machine', { file: 'pack.yaml', hint });
    return undefined;
  }
}

function firstWrong(
  press: Press,
  { template, languages, printing }: { template: DocumentTemplate; languages: readonly string[]; printing: Printing },
): { language: string; what: string; line: number } | undefined {
  for (const language of languages) {
    const printed: Printed = press.print(samplePage(template, language, printing));
    if ('wrong' in printed) return { language, what: printed.wrong, line: printed.line };
  }
  return undefined;
}

/** A document whose fields say what they are called. */
function samplePage(template: DocumentTemplate, language: string, printing: Printing): Page {
  const fields = Object.fromEntries(template.fields.map(({ name, label }) => [name, label[language] ?? name]));
  const sample = { language, fields, code: LONG_CODE, number: '0000-0000-0000', issuedAt: DAY_OF_ISSUE, expiresAt: DAY_OF_ISSUE };
  return pageOf(sample, 'a.b.c', printing);
}
