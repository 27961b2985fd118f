/** Makes the file of a document when it is sent: printed again each time, kept nowhere. */
import { HazirError } from '@hazir/core';
import type { MadeFile, MakeFile } from '../../service-module.ts';
import { writeCredential } from '../credential-jwt.ts';
import { activeKey } from '../keys.ts';
import { readDocument } from '../records.ts';
import type { DocumentTemplate } from '../templates.ts';
import type { PrintingOf } from './check-layouts.ts';
import { pageOf } from './page.ts';
import { createPrinter, type Printer } from './printer.ts';

export const PDF = 'application/pdf';

/** One thread for all packs of a process. */
const printer: Printer = createPrinter();

/** Throws `documents:not-found` for a document that is not the citizen's, was revoked, or whose template is gone. */
export function makeFile(templates: ReadonlyMap<string, DocumentTemplate>, printingOf: PrintingOf): MakeFile {
  return async (tx, { organizationId, contactId, id, now }): Promise<MadeFile> => {
    const found = await readDocument(tx, { organizationId, contactId, id });
    const template = found && templates.get(found.template);
    if (found === undefined || found.revokedAt !== null || template === undefined)
      throw new HazirError('documents:not-found', 'A document that was to be sent does not count any more.');
    const printing = printingOf(template);
    const key = await activeKey(tx, organizationId, now);
    const credential = await writeCredential(found, { url: printing.facts.url, key });
    return { bytes: await printer.print(pageOf(found, credential, printing)), mimeType: PDF };
  };
}
