/** Webhook bodies in Meta's shape, as ASCII text (Meta escapes what is not), one update in each. */
import type { Contact, NumberPlan } from './contacts.ts';
import type { Said } from './script.ts';

/** A message of a citizen, as one element of `changes`. */
export function messageChange(contact: Contact, said: Said, wamid: string): string {
  const { number } = contact;
  const seconds = Math.floor(Date.now() / 1000);
  const about = `"from":"${contact.phone}","from_user_id":"${contact.userId}","id":"${wamid}","timestamp":"${seconds}"`;
  const message = 'text' in said ? `"type":"text","text":{"body":${ascii(said.text)}}` : tapped(contact, said);
  return `${openValue(number)}"contacts":[{"profile":{"name":"Citizen ${contact.index}"},"wa_id":"${contact.phone}","user_id":"${contact.userId}"}],"messages":[{${about},${message}}]},"field":"messages"}`;
}

function tapped(contact: Contact, said: Exclude<Said, { text: string }>): string {
  const context = contact.lastWamid === '' ? '' : `"context":{"from":"${contact.number.digits}","id":"${contact.lastWamid}"},`;
  return `${context}"type":"interactive","interactive":{"type":"${said.kind}","${said.kind}":{"id":"${said.tap}","title":${ascii(said.title)}}}`;
}

/** A status of a message of ours, as one element of `changes`; the tracker is what Hazir sent along. */
export function statusChange(contact: Contact, status: string, sent: { wamid: string; tracker: string }): string {
  const seconds = Math.floor(Date.now() / 1000);
  const pricing = status === 'read' ? '' : PRICING;
  const echoed = sent.tracker === '' ? '' : `,"biz_opaque_callback_data":"${sent.tracker}"`;
  return `${openValue(contact.number)}"contacts":[{"profile":{"name":"Citizen ${contact.index}"},"wa_id":"${contact.phone}","user_id":"${contact.userId}"}],"statuses":[{"id":"${sent.wamid}","status":"${status}","timestamp":"${seconds}","recipient_id":"${contact.phone}","recipient_user_id":"${contact.userId}"${pricing}${echoed}}]},"field":"messages"}`;
}

const PRICING = ',"pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service","category":"service"}';

/** A whole webhook of one business account. */
export function webhookBody(businessId: string, changes: readonly string[]): string {
  return `{"object":"whatsapp_business_account","entry":[{"id":"${businessId}","changes":[${changes.join(',')}]}]}`;
}

function openValue(number: NumberPlan): string {
  return `{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"${number.digits}","phone_number_id":"${number.numberId}"},`;
}

const known = new Map<string, string>();

/** JSON text with everything beyond ASCII escaped; the few texts of the script are remembered. */
function ascii(text: string): string {
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (known.size < 1_000) known.set(text, made);
  return made;
}
