import type { Json } from '@hazir/core';
import { useEffect, useState } from 'react';
import type { Delivery, GraphRequest } from '../../src/protocol.ts';
import { fetchDeliveries, fetchRequests } from '../api/client.ts';
import type { DeveloperProps } from './drawer.tsx';

const everyMs = 1500;
const kept = 200;

/** What Hazir asked of the Graph API. */
export function Requests({ texts, locale }: DeveloperProps) {
  const records = useRecords<GraphRequest>(fetchRequests);
  if (records.length === 0) return <p className="hint">{texts.developer.noRecords}</p>;
  return (
    <>
      <p className="hint">{texts.developer.newest}</p>
      {records.map((record) => (
        <details key={record.seq} className="record">
          <summary>
            <Status status={record.status} /> <span className="record-what">{`${record.method} ${record.path}`}</span>{' '}
            <time>{timeWithSeconds(record.at, locale)}</time>
          </summary>
          <JsonBlock title={texts.developer.request} value={record.body} />
          <JsonBlock title={texts.developer.response} value={record.response} />
        </details>
      ))}
    </>
  );
}

/** The webhooks that the simulator sent. */
export function Deliveries({ texts, locale }: DeveloperProps) {
  const records = useRecords<Delivery>(fetchDeliveries);
  if (records.length === 0) return <p className="hint">{texts.developer.noRecords}</p>;
  return (
    <>
      <p className="hint">{texts.developer.newest}</p>
      {records.map((record) => (
        <details key={record.seq} className="record">
          <summary>
            <Status status={record.status === 'unreachable' ? texts.developer.unreachable : record.status} />{' '}
            <span className="record-what">
              {kindOf(record.body)}
              {record.attempt > 1 && ` · ${texts.developer.attempt(record.attempt)}`}
            </span>{' '}
            <time>{timeWithSeconds(record.at, locale)}</time>
          </summary>
          <JsonBlock title={texts.developer.request} value={record.body} />
        </details>
      ))}
    </>
  );
}

function Status({ status }: { status: number | string }) {
  const good = typeof status === 'number' && status < 400;
  return <span className={good ? 'status status-good' : 'status status-bad'}>{status}</span>;
}

function JsonBlock({ title, value }: { title: string; value: Json }) {
  return (
    <figure className="json">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide JSON scrolls sideways and must be reachable by keyboard. */}
      <pre tabIndex={0} dir="ltr">
        {JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  );
}

/** Asks for what is new while the panel is open; newest first. */
function useRecords<T extends { seq: number }>(fetchAfter: (after: number) => Promise<T[]>): T[] {
  const [records, setRecords] = useState<T[]>([]);
  useEffect(() => {
    let last = 0;
    let shown = true;
    const refresh = async () => {
      const fresh = await fetchAfter(last).catch(() => []);
      if (!shown || fresh.length === 0) return;
      last = Math.max(last, ...fresh.map((record) => record.seq));
      setRecords((old) =>
        [...new Map([...fresh.toReversed(), ...old].map((record) => [record.seq, record])).values()].slice(0, kept),
      );
    };
    void refresh();
    const timer = setInterval(() => void refresh(), everyMs);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, [fetchAfter]);
  return records;
}

/** "messages text", "statuses read" and the like, from Meta's envelope. */
function kindOf(body: Json): string {
  const found = /"(messages|statuses)":\[\{.{0,400}?"(?:type|status)":"(\w+)"/u.exec(JSON.stringify(body));
  return found ? `${found[1]} · ${found[2]}` : 'webhook';
}

function timeWithSeconds(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(at);
}
