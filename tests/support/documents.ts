/** Documents of an organization, issued as a flow would. */
import { textProperty } from '@hazir/core';
import { loadServices } from '@hazir/services';
import { type Database, ensureOrganization, freshId } from '@hazir/store';

export interface Issued {
  organizationId: number;
  number: string;
  code: string;
}

const TEMPLATES = `
templates:
  - code: vaccination
    name: { en: Vaccination certificate, hi: टीकाकरण प्रमाणपत्र }
    fields:
      - { name: name, label: { en: Name, hi: नाम }, correctable: true }
      - { name: dose, label: { en: Dose, hi: खुराक } }
  - code: pass
    name: { en: Pass, hi: पास }
    validDays: 1
    fields:
      - { name: name, label: { en: Name, hi: नाम } }
      - { name: dose, label: { en: Vehicle, hi: वाहन } }
`;

/** Issues a document to somebody new. */
export async function issueDocument(
  database: Database,
  { template = 'vaccination', name = 'Sunita Devi', now = new Date() } = {},
): Promise<Issued> {
  const { id: organizationId } = await ensureOrganization(database, 'mygov', 'MyGov');
  const issuer = { url: 'https://hazir.example/verify/mygov', name: { en: 'MyGov', hi: 'माईगव' } };
  const settings = { documents: { issuer, templates: 'documents.yaml' } };
  const source = { languages: ['en', 'hi'], defaultLanguage: 'en', readText: () => TEMPLATES };
  const operation = loadServices(settings, source).operations.get('documents.issue');
  const subject = { organizationId, contactId: freshId(0), conversationId: '1/1', language: 'en' };
  const context = { subject, now, newId: () => freshId(now.getTime()), random: Math.random };
  const result = await database.transaction(async (tx) =>
    operation?.run({ template, fields: { name, dose: '2/2' } }, { ...context, tx }),
  );
  const value = result?.ok === true ? result.value : null;
  return { organizationId, number: textProperty(value, 'number') ?? '', code: textProperty(value, 'code') ?? '' };
}
