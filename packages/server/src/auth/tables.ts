/** What better-auth's tables and fields are called here (store/migrations/0017-officers.sql, 0021-passkeys.sql). */
const STAMPS = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export const TABLES = {
  user: { modelName: 'officers', fields: { emailVerified: 'email_verified', ...STAMPS } },
  session: {
    modelName: 'officer_sessions',
    fields: {
      ...{ userId: 'officer_id', expiresAt: 'expires_at', ipAddress: 'address', userAgent: 'user_agent', ...STAMPS },
    },
  },
  account: {
    modelName: 'officer_accounts',
    fields: {
      ...{ userId: 'officer_id', accountId: 'account_id', providerId: 'provider_id', accessToken: 'access_token' },
      ...{ refreshToken: 'refresh_token', idToken: 'id_token', accessTokenExpiresAt: 'access_token_expires_at' },
      ...{ refreshTokenExpiresAt: 'refresh_token_expires_at', ...STAMPS },
    },
  },
  verification: { modelName: 'officer_verifications', fields: { expiresAt: 'expires_at', ...STAMPS } },
  rateLimit: { modelName: 'officer_rate_limits', fields: { lastRequest: 'last_request' } },
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'officer_two_factors',
      fields: {
        ...{ userId: 'officer_id', backupCodes: 'backup_codes', failedVerificationCount: 'failed_verifications' },
        lockedUntil: 'locked_until',
      },
    },
  },
  passkey: {
    modelName: 'officer_passkeys',
    fields: {
      ...{ userId: 'officer_id', publicKey: 'public_key', credentialID: 'credential_id', deviceType: 'device_type' },
      ...{ backedUp: 'backed_up', createdAt: 'created_at' },
    },
  },
} as const;
