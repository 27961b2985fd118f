/** What others than citizens' phones talk to on a running server: Open311, the officers' sign-in and API, the public pages. */
import { type FileStore, keepFile } from '@hazir/runtime';
import type { AnswerOpen311 } from '@hazir/services';
import { newestVersions } from '@hazir/store';
import type { OidcSettings } from '../auth/oidc.ts';
import { type Auth, openAuth } from '../auth/open-auth.ts';
import { readAuthSecret } from '../auth/read-secret.ts';
import { setUpSecret } from '../auth/set-up.ts';
import type { Config } from '../config.ts';
import type { ApiDeps } from '../web/api/admit.ts';
import { openEventHub } from '../web/events/event-hub.ts';
import type { PublicDeps } from '../web/public/public-deps.ts';
import { type Open311House, openOpen311 } from './open311.ts';
import { currentServices } from './services-of.ts';

interface Programs {
  open311: AnswerOpen311;
  auth: Auth;
  api: ApiDeps;
  pages: PublicDeps;
  close: () => Promise<void>;
}

type House = Open311House & Pick<ApiDeps, 'showRead' | 'graphUrl'> & { config: Config; files: FileStore };

export async function openPrograms(house: House): Promise<Programs> {
  const { database, now, log, names, channels, packs, publicUrl, config, files } = house;
  const events = await openEventHub(database, Date.now());
  const oidc = oidcIn(config);
  const secret = await readAuthSecret(config);
  const auth = openAuth({ database, publicUrl, oidc, secret });
  const languagesOf = (organizationId: number) => [
    ...new Set(
      channels
        .all()
        .flatMap((one) =>
          one.organizationId === organizationId ? (packs.current(organizationId, one.pack)?.pack.languages ?? []) : [],
        ),
    ),
  ];
  const shared = { database, now, desks: () => currentServices(house, ({ requestDesk }) => requestDesk) };
  const failed = (error: unknown) => log('error', 'api_failed', { detail: error instanceof Error ? error.name : 'unknown' });
  return {
    ...{ auth, open311: openOpen311(house), pages: { ...shared, slugOf: names.slugOf } },
    api: {
      ...{
        ...shared,
        auth,
        events,
        fileOf: files.get,
        keepFile: (file) => keepFile(files, file),
        languagesOf,
        failed,
        graphUrl: house.graphUrl,
        webhookUrl: `${publicUrl}/webhooks/whatsapp`,
        packsOf: async (organizationId) =>
          (await newestVersions(database)).flatMap((one) =>
            one.organizationId === organizationId ? (packs.current(organizationId, one.pack)?.pack ?? []) : [],
          ),
        doors: { provider: oidc !== undefined },
        setUpSecret: house.demo ? undefined : setUpSecret(secret),
      },
      showRead: house.showRead,
      helplines: () => currentServices(house, ({ helpline }) => helpline),
      hasFlow: (channelId, flow) => {
        const channel = channels.byId(channelId);
        return channel !== undefined && packs.current(channel.organizationId, channel.pack)?.pack.flows.has(flow) === true;
      },
    },
    close: events.stop,
  };
}

function oidcIn({
  oidcIssuer: issuer,
  oidcClientId: clientId,
  oidcClientSecret: clientSecret,
}: Config): OidcSettings | undefined {
  return issuer === undefined || clientId === undefined ? undefined : { issuer, clientId, clientSecret };
}
