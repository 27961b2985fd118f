/**
 * Files of citizens and ours. A download takes two requests: the first asks for an address that lives five minutes, the
 * second carries the access token to it, and therefore only to hosts of Meta or to the account's own Graph server.
 * The caller must not follow redirects with the token.
 */
import { type ChannelAccount, HazirError, type HttpRequest, type HttpResponse, numberProperty, textProperty } from '@hazir/core';
import { limits } from './capabilities.ts';
import { authorization, graphUrl } from './graph.ts';
import { sha256Hex } from './sha256.ts';
import { idProperty, parseJson } from './wire.ts';

/** Hosts, and with a leading dot everything below them, from which Meta serves files. */
const mediaHosts: readonly string[] = ['lookaside.fbsbx.com', '.fbsbx.com', '.fbcdn.net', '.whatsapp.net'];

export function locate(mediaId: string, account: ChannelAccount): HttpRequest {
  const url = `${graphUrl(account, mediaId)}?phone_number_id=${encodeURIComponent(account.accountId)}`;
  return { method: 'GET', url, headers: authorization(account) };
}

/** Throws `channel:media-gone` when the first answer holds no address, `channel:media-host` for a foreign host. */
export function download(
  located: HttpResponse,
  account: ChannelAccount,
): { request: HttpRequest; mimeType: string; sha256?: string; bytes?: number } {
  const body = located.status === 200 ? parseJson(located.body) : undefined;
  const url = textProperty(body, 'url');
  if (url === undefined) {
    throw new HazirError('channel:media-gone', `WhatsApp gave no address for a file (HTTP ${located.status})`, {
      hint: 'Files of citizens can be fetched for 7 days; ask the citizen to send it again.',
    });
  }
  refuseForeignHost(url, account);
  const sha256 = sha256Hex(textProperty(body, 'sha256'));
  const bytes = numberProperty(body, 'file_size');
  return {
    request: { method: 'GET', url, headers: authorization(account) },
    mimeType: textProperty(body, 'mime_type') ?? 'application/octet-stream',
    ...(sha256 !== undefined && { sha256 }),
    ...(bytes !== undefined && { bytes }),
  };
}

/** A multipart form; the caller adds the content-type with its boundary. */
export function upload(file: { bytes: Uint8Array; mimeType: string; fileName: string }, account: ChannelAccount): HttpRequest {
  const { bytes, mimeType } = file;
  const fileName =
    file.fileName
      .replace(/[^\p{L}\p{M}\p{N} ._()-]/gu, '_')
      .slice(-limits.fileName)
      .toWellFormed() || 'file';
  return {
    method: 'POST',
    url: graphUrl(account, account.accountId, 'media'),
    headers: authorization(account),
    body: [
      { field: 'messaging_product', value: 'whatsapp' },
      { field: 'type', value: mimeType },
      { field: 'file', value: { bytes, fileName, mimeType } },
    ],
  };
}

export function uploadedId(response: HttpResponse): string | undefined {
  return response.status >= 200 && response.status < 300 ? idProperty(parseJson(response.body), 'id') : undefined;
}

function refuseForeignHost(url: string, account: ChannelAccount): void {
  const origin = readOrigin(url);
  if (origin !== undefined && sameOrigin(origin, readOrigin(account.baseUrl))) return;
  const known = origin?.scheme === 'https' && origin.port === '' && isMetaHost(origin.host);
  if (known) return;
  throw new HazirError(
    'channel:media-host',
    `WhatsApp named a host for a file that is not Meta's: ${origin?.host ?? 'unreadable'}`,
    {
      hint: 'The token was not sent there. If Meta serves files from a new host, add it to mediaHosts of the WhatsApp adapter.',
    },
  );
}

function isMetaHost(host: string): boolean {
  return mediaHosts.some((each) => (each.startsWith('.') ? host.endsWith(each) : host === each));
}

interface Origin {
  scheme: string;
  host: string;
  port: string;
}

const originForm = /^(https?):\/\/([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?(?:[/?#]|$)/i;
const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * Reads scheme, host and port. It is stricter than a browser: credentials, backslashes, blanks and control characters
 * make an address unreadable, so that no other reader can see another host in it.
 */
function readOrigin(url: string): Origin | undefined {
  const match = /[\\\s\p{Cc}]/u.test(url) ? null : originForm.exec(url);
  const scheme = match?.[1]?.toLowerCase();
  const host = match?.[2]?.toLowerCase();
  if (scheme === undefined || host === undefined) return undefined;
  const port = match?.[3] ?? '';
  return { scheme, host, port: port === defaultPorts[scheme] ? '' : port };
}

function sameOrigin(one: Origin, other: Origin | undefined): boolean {
  return other !== undefined && one.scheme === other.scheme && one.host === other.host && one.port === other.port;
}
