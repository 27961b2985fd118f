/** How a number stands at Meta, now: what the console and `hazir channel check` tell. */
import { type Json, listProperty, property, textProperty } from '@hazir/core';
import { askGraph, type GraphAccount } from './graph.ts';

export const CHECKS = ['token', 'number', 'webhook', 'subscription', 'quality', 'limit', 'sending'] as const;

export interface Finding {
  check: (typeof CHECKS)[number];
  state: 'ok' | 'warn' | 'bad';
  /** In the provider's words. */
  detail: string;
}

export interface Examined {
  findings: Finding[];
  /** As Meta has verified it. */
  verifiedName: string | undefined;
  displayPhone: string | undefined;
}

interface Asked extends GraphAccount {
  stoppedReason?: string | null;
}

const FIELDS = [
  ...['verified_name', 'display_phone_number', 'quality_rating', 'status', 'throughput', 'webhook_configuration'],
  'whatsapp_business_manager_messaging_limit',
];
const QUALITY: Readonly<Record<string, Finding['state']>> = { GREEN: 'ok', UNKNOWN: 'ok', YELLOW: 'warn', RED: 'bad' };

/** `webhookUrl` is where Meta is to send; undefined: it is not looked at. */
export async function examineNumber(account: Asked, webhookUrl: string | undefined): Promise<Examined> {
  const number = await askGraph(account, { path: account.accountId, query: { fields: FIELDS.join(',') } });
  const sending = sendingOf(account);
  if (!number.ok)
    return {
      ...{ verifiedName: undefined, displayPhone: undefined },
      findings: [{ check: 'token', state: 'bad', detail: number.problem }, ...sending],
    };
  const { body } = number;
  return {
    verifiedName: textProperty(body, 'verified_name'),
    displayPhone: textProperty(body, 'display_phone_number'),
    findings: [
      { check: 'token', state: 'ok', detail: '' },
      statusOf(body),
      ...webhookOf(body, webhookUrl),
      await subscriptionOf(account),
      qualityOf(body),
      limitOf(body),
      ...sending,
    ],
  };
}

function statusOf(body: Json): Finding {
  const status = textProperty(body, 'status') ?? 'UNKNOWN';
  return { check: 'number', state: status === 'CONNECTED' ? 'ok' : 'bad', detail: status };
}

/** The most particular address counts. */
function webhookOf(body: Json, wanted: string | undefined): Finding[] {
  if (wanted === undefined) return [];
  const told = property(body, 'webhook_configuration');
  const found = ['phone_number', 'whatsapp_business_account', 'application'].flatMap((name) => textProperty(told, name) ?? [])[0];
  return [{ check: 'webhook', state: found === wanted ? 'ok' : 'bad', detail: found ?? '' }];
}

async function subscriptionOf(account: GraphAccount): Promise<Finding> {
  const asked = await askGraph(account, { path: `${account.businessId}/subscribed_apps` });
  if (!asked.ok) return { check: 'subscription', state: 'bad', detail: asked.problem };
  const apps = (listProperty(asked.body, 'data') ?? []).map(
    (one) => textProperty(property(one, 'whatsapp_business_api_data'), 'name') ?? '',
  );
  return { check: 'subscription', state: apps.length > 0 ? 'ok' : 'bad', detail: apps.filter(Boolean).join(', ') };
}

function qualityOf(body: Json): Finding {
  const quality = textProperty(body, 'quality_rating') ?? 'UNKNOWN';
  return { check: 'quality', state: QUALITY[quality] ?? 'warn', detail: quality };
}

function limitOf(body: Json): Finding {
  const limit = textProperty(body, 'whatsapp_business_manager_messaging_limit') ?? '';
  const speed = textProperty(property(body, 'throughput'), 'level') ?? '';
  return { check: 'limit', state: 'ok', detail: [limit, speed].filter(Boolean).join(', ') };
}

function sendingOf({ stoppedReason }: Asked): Finding[] {
  if (stoppedReason === undefined) return [];
  return [{ check: 'sending', state: stoppedReason === null ? 'ok' : 'bad', detail: stoppedReason ?? '' }];
}
