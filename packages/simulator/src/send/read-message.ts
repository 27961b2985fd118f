/** Reads the content of a request to send, by its type, and makes the bubble that the phone shows. */
import { listProperty, property, textProperty } from '@hazir/core';
import { refuse } from '../graph/refusal.ts';
import { isSentMedia } from '../media/limits.ts';
import { type Node, objects, optionalObject, optionalText, requiredNumber, requiredObject, requiredText } from './node.ts';
import { readInteractive } from './read-interactive.ts';
import { readMedia } from './read-media.ts';
import { readTemplate } from './read-template.ts';
import type { Reading, Scene } from './reading.ts';

const TEXT = 4_096;
const DAY = 86_400_000;

/** Reads the object that is named as the type. */
export function readMessage(body: Node, scene: Scene): Reading {
  const type = property(body.value, 'type') ?? 'text';
  if (typeof type !== 'string') return refuse(100, 'Param type must be a string.');
  if (isSentMedia(type)) return readMedia(requiredObject(body, type), type, scene);
  switch (type) {
    case 'text':
      return { body: { type: 'text', text: requiredText(requiredObject(body, 'text'), 'body', TEXT) } };
    case 'location':
      return readLocation(requiredObject(body, 'location'));
    case 'contacts':
      return readContacts(body);
    case 'reaction':
      return readReaction(requiredObject(body, 'reaction'), scene);
    case 'interactive':
      return readInteractive(requiredObject(body, 'interactive'), scene);
    case 'template':
      return readTemplate(requiredObject(body, 'template'), scene);
    default:
      return refuse(131051, `Message type ${type.slice(0, 40)} is not currently supported.`);
  }
}

function readLocation(node: Node): Reading {
  const name = optionalText(node, 'name', 1_000);
  const address = optionalText(node, 'address', 1_000);
  return {
    body: {
      type: 'location',
      latitude: requiredNumber(node, 'latitude', 90),
      longitude: requiredNumber(node, 'longitude', 180),
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    },
  };
}

function readContacts(body: Node): Reading {
  const contacts = objects(body, 'contacts', { least: 1, most: 257 }).map((contact) => {
    const name = requiredText(requiredObject(contact, 'name'), 'formatted_name', 1_000);
    const phones = listProperty(contact.value, 'phones').map(
      (phone) => textProperty(phone, 'phone') ?? textProperty(phone, 'wa_id') ?? '',
    );
    return { name, phones: phones.filter((phone) => phone !== '') };
  });
  return { body: { type: 'contacts', contacts } };
}

/** A reaction fails on what is unknown, older than 30 days, deleted, or a reaction itself. */
function readReaction(node: Node, scene: Scene): Reading {
  const wamid = requiredText(node, 'message_id', 512);
  const emoji = optionalText(node, 'emoji', 32) ?? '';
  const target = scene.world.messages.get(wamid);
  const gone = target === undefined || target.reaction || target.item?.revoked === true;
  if (gone || target.numberId !== scene.number.options.numberId || scene.world.schedule.now() - target.at > 30 * DAY) {
    return refuse(131009, `${node.at}['message_id'] is not a message that can be reacted to.`);
  }
  return { reaction: { wamid, emoji } };
}

/** The message that is quoted; Meta does not refuse an unknown one, the quote is just not shown. */
export function readQuote(body: Node): string | undefined {
  const context = optionalObject(body, 'context');
  return context && requiredText(context, 'message_id', 512);
}
