/** Interactive messages: reply buttons, lists, links, requests for a location or a phone number, and those only named on the phone. */
import { property } from '@hazir/core';
import { refuse } from '../graph/refusal.ts';
import { isSentMedia } from '../media/limits.ts';
import type { ChatHeader } from '../protocol.ts';
import { childAt, type Node, objects, optionalObject, optionalText, requiredObject, requiredText, requiredUrl } from './node.ts';
import { readSource } from './read-media.ts';
import type { Reading, Scene } from './reading.ts';

/** Meta's pages say 4,096 in one place for lists and 1,024 in another; the smaller one is kept. */
const BODY = 1_024;
const SHORT = 60;
const LABEL = 20;

type Reader = (node: Node, scene: Scene) => Reading;

/** Reads `interactive`. */
export function readInteractive(node: Node, scene: Scene): Reading {
  const type = requiredText(node, 'type', 60);
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (reader === undefined) return refuse(131009, `${childAt(node, 'type')} has an invalid value.`);
  return reader(node, scene);
}

const READERS: Record<string, Reader> = {
  button: readButtons,
  list: readList,
  cta_url: readLink,
  location_request_message: (node) => ({ body: { type: 'location_request', text: requiredBody(node) } }),
  request_contact_info: (node) => ({ body: { type: 'contact_request', text: requiredBody(node) } }),
  flow: readFlow,
  product: (node) => {
    const action = requiredObject(node, 'action');
    requiredText(action, 'catalog_id', 200);
    requiredText(action, 'product_retailer_id', 200);
    return named('product', optionalBody(node));
  },
  product_list: readProducts,
  catalog_message: (node) => named('catalog', requiredBody(node)),
  address_message: (node) => {
    requiredText(requiredObject(requiredObject(node, 'action'), 'parameters'), 'country', 2);
    return named('address form', requiredBody(node));
  },
  carousel: readCarousel,
  // Meta's older sample wraps the whole message in a further `order_details`.
  order_details: (node) => {
    const inner = optionalObject(node, 'order_details') ?? node;
    requiredObject(inner, 'action');
    return named('bill', requiredBody(inner));
  },
  order_status: (node) => named('order status', requiredBody(node)),
  call_permission_request: (node) => named('call permission request', optionalBody(node)),
  voice_call: (node) => named('call button', optionalBody(node)),
};

function readButtons(node: Node, scene: Scene): Reading {
  const text = requiredBody(node);
  const buttons = objects(requiredObject(node, 'action'), 'buttons', { least: 1, most: 3 }).map((button) => {
    if (property(button.value, 'type') !== 'reply') return refuse(131009, `${childAt(button, 'type')} must be reply.`);
    const reply = requiredObject(button, 'reply');
    return { id: requiredText(reply, 'id', 256), label: requiredText(reply, 'title', LABEL) };
  });
  unique(
    node,
    'button id',
    buttons.map((button) => button.id),
  );
  unique(
    node,
    'button title',
    buttons.map((button) => button.label),
  );
  return { body: { type: 'buttons', ...frame(node, scene), text, buttons } };
}

function readList(node: Node, scene: Scene): Reading {
  const text = requiredBody(node);
  const action = requiredObject(node, 'action');
  const openLabel = requiredText(action, 'button', LABEL);
  const given = objects(action, 'sections', { least: 1, most: 10 });
  const sections = given.map((section) => {
    const title = given.length > 1 ? requiredText(section, 'title', 24) : optionalText(section, 'title', 24);
    const rows = objects(section, 'rows', { least: 1, most: 10 }).map((row) => {
      const detail = optionalText(row, 'description', 72);
      return {
        id: requiredText(row, 'id', 200),
        label: requiredText(row, 'title', 24),
        ...(detail === undefined ? {} : { detail }),
      };
    });
    return { ...(title === undefined ? {} : { title }), rows };
  });
  const ids = sections.flatMap((section) => section.rows.map((row) => row.id));
  if (ids.length > 10) return refuse(131009, `Total row count exceed max allowed count: 10, it is ${ids.length}.`);
  unique(node, 'row id', ids);
  const header = optionalObject(node, 'header');
  if (header !== undefined && property(header.value, 'type') !== 'text')
    return refuse(131009, 'The header of a list must be text.');
  return { body: { type: 'list', ...frame(node, scene), text, openLabel, sections } };
}

function readLink(node: Node, scene: Scene): Reading {
  const text = requiredBody(node);
  const parameters = requiredObject(requiredObject(node, 'action'), 'parameters');
  const label = requiredText(parameters, 'display_text', LABEL);
  return { body: { type: 'link', ...frame(node, scene), text, label, url: requiredUrl(parameters, 'url') } };
}

function readFlow(node: Node, scene: Scene): Reading {
  const parameters = requiredObject(requiredObject(node, 'action'), 'parameters');
  if (String(property(parameters.value, 'flow_message_version')) !== '3') {
    return refuse(131009, `${childAt(parameters, 'flow_message_version')} must be 3.`);
  }
  const id = optionalText(parameters, 'flow_id', 200);
  const name = optionalText(parameters, 'flow_name', 200);
  if ((id === undefined) === (name === undefined)) return refuse(131009, 'Exactly one of flow_id and flow_name is needed.');
  requiredText(parameters, 'flow_cta', 30);
  frame(node, scene);
  return named('form', requiredBody(node));
}

function readProducts(node: Node): Reading {
  const sections = objects(requiredObject(node, 'action'), 'sections', { least: 1, most: 10 });
  const products = sections.flatMap((section) => objects(section, 'product_items', { least: 1, most: 30 }));
  if (products.length > 30) return refuse(131009, `At most 30 products, there are ${products.length}.`);
  requiredObject(node, 'header');
  return named('products', requiredBody(node));
}

function readCarousel(node: Node): Reading {
  if (property(node.value, 'header') !== undefined || property(node.value, 'footer') !== undefined) {
    return refuse(131009, 'A carousel has no header and no footer of its own.');
  }
  for (const card of objects(requiredObject(node, 'action'), 'cards', { least: 2, most: 10 })) {
    requiredObject(card, 'header');
    const body = optionalObject(card, 'body');
    if (body !== undefined) requiredText(body, 'text', 160);
    requiredObject(card, 'action');
  }
  return named('carousel', requiredBody(node));
}

function requiredBody(node: Node): string {
  return requiredText(requiredObject(node, 'body'), 'text', BODY);
}

function optionalBody(node: Node): string | undefined {
  const body = optionalObject(node, 'body');
  return body && requiredText(body, 'text', BODY);
}

/** Header and footer, where they are given. */
function frame(node: Node, scene: Scene): { header?: ChatHeader; footer?: string } {
  const header = optionalObject(node, 'header');
  const footer = optionalObject(node, 'footer');
  return {
    ...(header === undefined ? {} : { header: readHeader(header, scene) }),
    ...(footer === undefined ? {} : { footer: requiredText(footer, 'text', SHORT) }),
  };
}

function readHeader(node: Node, scene: Scene): ChatHeader {
  const type = requiredText(node, 'type', 20);
  if (type === 'text') return { type: 'text', text: requiredText(node, 'text', SHORT) };
  if (!isSentMedia(type) || type === 'audio' || type === 'sticker') {
    return refuse(131009, `${childAt(node, 'type')} must be text, image, video or document.`);
  }
  return { type: 'media', media: type, url: readSource(requiredObject(node, type), type, scene).url };
}

/** The phone has no bubble of its own for it: it names what came. */
function named(what: string, text: string | undefined): Reading {
  return { body: { type: 'unsupported', detail: text === undefined ? what : `${what}: ${text}` } };
}

function unique(node: Node, what: string, values: string[]): void {
  if (new Set(values).size !== values.length) refuse(131009, `Duplicated ${what} in ${node.at}.`);
}
