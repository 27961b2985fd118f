/** What of a message WhatsApp would refuse, in sentences for the author of a flow. Nothing here quotes the text itself. */
import {
  type Choice,
  graphemeCount,
  type OutboundContent,
  type SharedContact,
  type TemplateMessage,
  textLength,
} from '@hazir/core';
import { capabilities, limits, mediaTypes } from './capabilities.ts';

/**
 * Problems of a message; empty when it can be sent. Lengths that may be cut without harm (header, footer, labels and
 * details of choices) are not problems: render() cuts them.
 */
export function check(content: OutboundContent): string[] {
  switch (content.type) {
    case 'text':
      return checkText('text', content.text, capabilities.text);
    case 'choice':
      return [...checkText('text', content.text, capabilities.choiceText), ...checkChoices(content.choices)];
    case 'media':
      return checkMedia(content);
    case 'location':
      return checkPosition(content);
    case 'location_request':
    case 'contact_request':
      return checkText('text', content.text, capabilities.choiceText);
    case 'link':
      return checkLink(content);
    case 'contacts':
      return checkContacts(content.contacts);
    case 'reaction':
      return [
        ...(content.messageId === '' ? ['A reaction names no message'] : []),
        ...(graphemeCount(content.emoji) > 1 ? ['A reaction takes one emoji'] : []),
      ];
    case 'template':
      return checkTemplate(content);
  }
}

/** Problems of a text that must be there and may have at most so many characters. */
function checkText(name: string, text: string, most: number): string[] {
  if (text.trim() === '') return [`The ${name} is empty`];
  const length = textLength(text);
  return length > most ? [`The ${name} has ${length} characters; WhatsApp takes ${most}`] : [];
}

function checkChoices(choices: readonly Choice[]): string[] {
  const { most } = capabilities.list;
  const problems: string[] = [];
  if (choices.length === 0) problems.push('There is nothing to choose from');
  if (choices.length > most) problems.push(`There are ${choices.length} choices; WhatsApp shows ${most}`);
  if (new Set(choices.map((choice) => choice.id)).size < choices.length) problems.push('Two choices have the same id');
  choices.forEach((choice, index) => {
    problems.push(...checkText(`id of choice ${index + 1}`, choice.id, limits.choiceId));
    if (choice.label.trim() === '') problems.push(`The label of choice ${index + 1} is empty`);
  });
  return problems;
}

function checkMedia(content: Extract<OutboundContent, { type: 'media' }>): string[] {
  const { media, source, caption } = content;
  const problems: string[] = [];
  if ('link' in source) problems.push(...checkAddress(source.link, /^https:\/\/[^\s\\]+$/));
  else if (!mediaTypes[media].includes(baseType(source.mimeType))) {
    problems.push(`WhatsApp takes no ${baseType(source.mimeType)} as ${media}; it takes ${mediaTypes[media].join(', ')}`);
  }
  if (caption === undefined || caption === '') return problems;
  if (media === 'audio' || media === 'voice') return [...problems, `A file of kind ${media} carries no caption`];
  return [...problems, ...checkText('caption', caption, capabilities.caption)];
}

/** A content type without parameters: "audio/ogg; codecs=opus" is audio/ogg. */
function baseType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

function checkAddress(url: string, form: RegExp): string[] {
  if (url.length > limits.url) return [`The address has ${url.length} characters; WhatsApp takes ${limits.url}`];
  return form.test(url) ? [] : ['The address is not a complete web address'];
}

function checkPosition({ latitude, longitude }: { latitude: number; longitude: number }): string[] {
  const inside = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return inside ? [] : ['The position is not on earth: latitude -90 to 90, longitude -180 to 180'];
}

function checkLink(content: Extract<OutboundContent, { type: 'link' }>): string[] {
  return [
    ...checkText('text', content.text, capabilities.choiceText),
    ...(content.label.trim() === '' ? ['The label of the link is empty'] : []),
    ...checkAddress(content.url, /^https?:\/\/[^\s\\]+$/),
  ];
}

function checkContacts(contacts: readonly SharedContact[]): string[] {
  if (contacts.length === 0) return ['There is no contact to send'];
  const problems = contacts.flatMap((contact, index) => (contact.name.trim() === '' ? [`Contact ${index + 1} has no name`] : []));
  if (contacts.length > limits.contacts) {
    problems.push(`There are ${contacts.length} contacts; WhatsApp takes ${limits.contacts}`);
  }
  return problems;
}

function checkTemplate(template: TemplateMessage): string[] {
  const problems: string[] = [];
  if (!/^[a-z0-9_]+$/.test(template.name) || template.name.length > limits.templateName) {
    problems.push('A template name has only a-z, 0-9 and underscore');
  }
  if (template.language.trim() === '') problems.push('The template names no language');
  for (const [index, payload] of (template.payloads ?? []).entries()) {
    problems.push(...checkText(`payload of button ${index + 1}`, payload, limits.payload));
  }
  return problems;
}
