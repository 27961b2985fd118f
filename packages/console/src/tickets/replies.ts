/** Answers that are written often, in the citizen's language and with what belongs into them. */
import type { FullTicket, Helpline } from '../api/client.ts';

/** Those of the ticket's topic, and those of every topic. */
export function repliesFor({ topic, contact }: FullTicket, replies: Helpline['replies']): { code: string; text: string }[] {
  return replies
    .filter(({ topics }) => topics.length === 0 || topics.includes(topic))
    .map(({ code, text }) => ({ code, text: text[contact.language ?? ''] ?? text.en ?? Object.values(text)[0] ?? '' }));
}

/** The reply as it will be read; a name that nobody knows is left out with the comma before it. */
export function filled(text: string, { contact, number, desk }: FullTicket, officer: string): string {
  const values: Readonly<Record<string, string>> = {
    name: contact.name ?? '',
    number: String(number),
    officer,
    desk: desk?.name ?? '',
  };
  return text
    .replaceAll(/(,\s*)?\{(\w+)\}/g, (_whole, comma: string | undefined, name: string) => {
      const value = values[name] ?? '';
      return value === '' ? '' : `${comma ?? ''}${value}`;
    })
    .trim();
}

/** Officers whose name stands in a note behind "@". */
export function mentionsIn(text: string, officers: Helpline['officers']): string[] {
  return officers.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
}
