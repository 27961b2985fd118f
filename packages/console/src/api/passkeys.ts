/** Passkeys: the browser asks the officer's device, the server checks what it says. Loaded when one is used. */
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { ProblemError } from './client.ts';
import { call } from './sign-in.ts';

/** Signs in. Throws a ProblemError `passkey:…` when the device or its owner does not want to. */
export async function signInByPasskey(): Promise<void> {
  const asked = await call('/passkey/generate-authenticate-options');
  const response = await ask(asked, (optionsJSON: PublicKeyCredentialRequestOptionsJSON) => startAuthentication({ optionsJSON }));
  await call('/passkey/verify-authentication', { response });
}

/** Makes a passkey of this device under a name that the officer knows it by. */
export async function addPasskey(name: string): Promise<void> {
  const asked = await call('/passkey/generate-register-options');
  const response = await ask(asked, (optionsJSON: PublicKeyCredentialCreationOptionsJSON) => startRegistration({ optionsJSON }));
  await call('/passkey/verify-registration', { response, name });
}

export async function removePasskey(id: string): Promise<void> {
  await call('/passkey/delete-passkey', { id });
}

async function ask<Options, Answer>(options: unknown, work: (options: Options) => Promise<Answer>): Promise<Answer> {
  try {
    // The server's words go to the browser as they are: it reads them itself.
    const given: Options = JSON.parse(JSON.stringify(options));
    return await work(given);
  } catch (error) {
    throw new ProblemError(`passkey:${error instanceof WebAuthnError && CODES[error.code] ? CODES[error.code] : 'refused'}`, '');
  }
}

const CODES: Readonly<Record<string, string>> = {
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'there',
  ERROR_INVALID_DOMAIN: 'name',
  ERROR_INVALID_RP_ID: 'name',
};
