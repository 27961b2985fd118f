/** Passkeys: an officer's device proves who they are, and that it was unlocked by them; so one is as good as a password and a second factor. */
import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';
import { TABLES } from './tables.ts';

/** Of this server's name; a passkey of another name cannot be used here, nor ours there. */
export function passkeyPlugin(publicUrl: string) {
  return passkey({
    ...{ rpName: 'Hazir', rpID: nameOf(publicUrl), schema: { passkey: TABLES.passkey } },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: async ({ verification: { registrationInfo } }) => refuseUnverified(registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: async ({ verification: { authenticationInfo } }) => refuseUnverified(authenticationInfo.userVerified),
    },
  });
}

/** Browsers know passkeys by names only, on this machine by "localhost". */
function nameOf(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return /^(\d+\.){3}\d+$|^\[/.test(hostname) ? 'localhost' : hostname;
}

function refuseUnverified(verified: boolean | undefined): undefined {
  if (verified !== true)
    throw new APIError('BAD_REQUEST', { code: 'NOT_VERIFIED', message: 'The device did not ask who uses it.' });
}
