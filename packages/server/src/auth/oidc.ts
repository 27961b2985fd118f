/**
 * OpenID Connect: officers come in by the account that they have with their own office. Nobody is made by it: the provider's verified address
 * must be that of an officer who is there. What the provider lets us do for them is not kept.
 */
import { genericOAuth } from 'better-auth/plugins';

const PROVIDER = 'oidc';

export interface OidcSettings {
  /** Its configuration lies below, at /.well-known/openid-configuration. */
  issuer: string;
  clientId: string;
  /** Absent for a public client. */
  clientSecret: string | undefined;
}

export function oidcPlugin({ issuer, clientId, clientSecret }: OidcSettings) {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  return genericOAuth({
    config: [
      {
        ...{ providerId: PROVIDER, clientId, discoveryUrl: address, scopes: ['openid', 'email', 'profile'], pkce: true },
        ...(clientSecret !== undefined && { clientSecret }),
        ...{ disableSignUp: true, requireIdTokenVerification: true },
      },
    ],
  });
}

/** Tokens of the provider's are of no use to us, so they cannot be lost. */
export const WITHOUT_TOKENS = {
  ...{ accessToken: null, refreshToken: null, idToken: null },
  ...{ accessTokenExpiresAt: null, refreshTokenExpiresAt: null },
};
