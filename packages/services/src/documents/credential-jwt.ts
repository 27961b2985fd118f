import { SignJWT } from 'jose';
import { statusUri } from './issuer.ts';
import type { SigningKey } from './keys.ts';
import type { NewDocument } from './records.ts';

/**
 * The document as a W3C Verifiable Credential 2.0, secured by JOSE (EdDSA), for wallets and links. Its place in the status
 * list stands in the claim "status", as the Token Status List has it.
 */
export function writeCredential(
  document: Omit<NewDocument, 'code'>,
  { url, key }: { url: string; key: SigningKey },
): Promise<string> {
  const { id, number, template, fields, issuedAt, expiresAt, statusIndex } = document;
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2'],
    id: `urn:uuid:${id}`,
    type: ['VerifiableCredential', typeName(template)],
    issuer: url,
    validFrom: wholeSecond(issuedAt),
    ...(expiresAt && { validUntil: wholeSecond(expiresAt) }),
    credentialSubject: { documentNumber: number, ...fields },
    status: { status_list: { idx: statusIndex, uri: statusUri(url) } },
  };
  return new SignJWT(credential)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: `${url}#${key.kid}` })
    .sign(key.privateKey);
}

/** "building-plan" is a BuildingPlan. */
function typeName(code: string): string {
  return code
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function wholeSecond(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
