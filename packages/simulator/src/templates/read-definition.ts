/** Reads the definition of a template, as it is created or edited, and refuses what Meta refuses. */
import { type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import { refuse } from '../graph/refusal.ts';
import { type Node, objects, optionalText, requiredText } from '../send/node.ts';
import type { Template } from '../world.ts';
import { placeholdersOf } from './placeholders.ts';

export type Definition = Pick<Template, 'name' | 'language' | 'category' | 'named' | 'components' | 'otp' | 'ttlMs'>;

const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;
const HEADERS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];

/** Throws a GraphRefusal with Meta's subcodes. */
export function readDefinition(body: JsonObject): Definition {
  const node: Node = { at: '', value: body };
  const name = requiredText(node, 'name', 512);
  if (!/^[a-z0-9_]+$/.test(name))
    refuse(100, 'The name has lower-case letters, digits and underscores only.', { subcode: 2388023 });
  const language = requiredText(node, 'language', 20);
  if (!/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language)) refuse(100, `Language ${language} is not supported.`);
  const given = requiredText(node, 'category', 40).toUpperCase();
  const category =
    CATEGORIES.find((one) => one === given) ?? refuse(100, 'Param category must be one of MARKETING, UTILITY, AUTHENTICATION.');
  const named = property(body, 'parameter_format') === 'NAMED' || property(body, 'parameter_format') === 'named';
  const parts = objects(node, 'components', { least: 1, most: 10 });
  const components = parts.map((part) => readComponent(part, { category, named }));
  if (!components.some((part) => part.type === 'BODY')) refuse(131008, 'A template needs a BODY.');
  const otp = parts.some((part) =>
    listProperty(part.value, 'buttons').some((button) => textProperty(button, 'type')?.toUpperCase() === 'OTP'),
  );
  const ttl = property(body, 'message_send_ttl_seconds');
  const usual = category === 'AUTHENTICATION' ? 600 : -1;
  const seconds = typeof ttl === 'number' ? ttl : usual;
  return { name, language, category, named, components, otp, ttlMs: seconds > 0 ? seconds * 1000 : undefined };
}

function readComponent(part: Node, rules: { category: string; named: boolean }): JsonObject {
  const type = requiredText(part, 'type', 40).toUpperCase();
  switch (type) {
    case 'HEADER':
      return readHeader(part, rules.named);
    case 'BODY':
      return readBody(part, rules);
    case 'FOOTER':
      return readFooter(part);
    case 'BUTTONS':
      return { ...part.value, type, buttons: objects(part, 'buttons', { least: 1, most: 10 }).map(readButton) };
    case 'CAROUSEL':
    case 'LIMITED_TIME_OFFER':
      return { ...part.value, type };
    default:
      return refuse(100, `Component type ${type} is not supported.`);
  }
}

function readHeader(part: Node, named: boolean): JsonObject {
  const format = requiredText(part, 'format', 20).toUpperCase();
  if (!HEADERS.includes(format)) return refuse(100, `Header format ${format} is not supported.`, { subcode: 2388047 });
  if (format === 'TEXT') {
    const text = requiredText(part, 'text', 60);
    checkVariables(text, {
      named,
      most: 1,
      example: listProperty(property(part.value, 'example'), named ? 'header_text_named_params' : 'header_text'),
    });
  }
  return { ...part.value, type: 'HEADER', format };
}

/** The text of an authentication template is Meta's own. */
function readBody(part: Node, rules: { category: string; named: boolean }): JsonObject {
  if (rules.category === 'AUTHENTICATION') {
    const advice =
      property(part.value, 'add_security_recommendation') === true ? ' For your security, do not share this code.' : '';
    return { ...part.value, type: 'BODY', text: `*{{1}}* is your verification code.${advice}` };
  }
  const text = requiredText(part, 'text', 1_024);
  if (/^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(text)) {
    return refuse(100, 'Variables cannot be at the start or end of the template.', { subcode: 2388299 });
  }
  const example = property(part.value, 'example');
  const values = rules.named
    ? listProperty(example, 'body_text_named_params')
    : listProperty({ row: listProperty(example, 'body_text')[0] ?? [] }, 'row');
  checkVariables(text, { named: rules.named, most: 100, example: values });
  return { ...part.value, type: 'BODY' };
}

function readFooter(part: Node): JsonObject {
  const minutes = property(part.value, 'code_expiration_minutes');
  if (typeof minutes === 'number') return { ...part.value, type: 'FOOTER', text: `This code expires in ${minutes} minutes.` };
  const text = requiredText(part, 'text', 60);
  if (placeholdersOf(text).length > 0) return refuse(100, 'A footer has no variables.', { subcode: 2388073 });
  return { ...part.value, type: 'FOOTER' };
}

function checkVariables(text: string, rules: { named: boolean; most: number; example: unknown[] }): void {
  const names = placeholdersOf(text);
  if (names.length > rules.most) refuse(100, 'The header has at most one variable.', { subcode: 2388047 });
  if (!rules.named && names.some((name, index) => name !== String(index + 1))) {
    refuse(100, 'Variables are numbered from {{1}} without gaps.', { subcode: 2388072 });
  }
  if (names.length !== rules.example.length) refuse(100, 'Each variable needs an example value.', { subcode: 2388043 });
}

function readButton(button: Node): JsonObject {
  const type = requiredText(button, 'type', 40).toUpperCase();
  const text = optionalText(button, 'text', 25);
  if (type === 'OTP') {
    const code = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';
    return { ...button.value, type: 'URL', text: text ?? 'Copy code', url: code };
  }
  if (type === 'URL') requiredText(button, 'url', 2_000);
  if (type === 'PHONE_NUMBER') requiredText(button, 'phone_number', 20);
  return { ...button.value, type, text: text ?? type.toLowerCase().replaceAll('_', ' ') };
}
