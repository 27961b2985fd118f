/** Template messages: the parameters of a send are fitted into an approved template, or refused with Meta's 132xxx codes. */
import { type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import { type Refusal, refuse } from '../graph/refusal.ts';
import type { SentMedia } from '../media/limits.ts';
import type { ChatHeader } from '../protocol.ts';
import { placeholdersOf } from '../templates/placeholders.ts';
import type { Template } from '../world.ts';
import { type Node, objects, requiredObject, requiredText } from './node.ts';
import { readSource } from './read-media.ts';
import type { Reading, Scene } from './reading.ts';

const BODY = 1_024;
const HEADER = 60;

type Buttons = { id: string; label: string; url?: string }[];

/** Reads `template`. */
export function readTemplate(node: Node, scene: Scene): Reading {
  const template = findTemplate(node, scene);
  const given = objects(node, 'components', { least: 0, most: 30 });
  const header = fillHeader(template, componentOf(given, 'header'), scene);
  const text = fillText(template, 'BODY', { given: componentOf(given, 'body'), scene });
  if (text.length > BODY) return refuse(132005, `The body is ${text.length} characters long, at most ${BODY} are allowed.`);
  const footer = partOf(template, 'FOOTER');
  const footerText = footer && textProperty(footer, 'text');
  const buttons = fillButtons(template, given, scene);
  return {
    template,
    ...(header.failure === undefined ? {} : { failure: header.failure }),
    body: {
      type: 'template',
      ...(header.shown === undefined ? {} : { header: header.shown }),
      text,
      ...(footerText === undefined ? {} : { footer: footerText }),
      buttons,
    },
  };
}

function findTemplate(node: Node, scene: Scene): Template {
  const name = requiredText(node, 'name', 512);
  const language = requiredText(requiredObject(node, 'language'), 'code', 20);
  const template = scene.business.templateNames.get(`${name}/${language}`);
  if (template === undefined || template.status === 'PENDING' || template.status === 'REJECTED') {
    return refuse(132001, `template name (${name.slice(0, 80)}) does not exist in ${language}`);
  }
  if (template.status === 'PAUSED') return refuse(132015, `Template ${name} is paused because of its quality.`);
  if (template.status === 'DISABLED') return refuse(132016, `Template ${name} is disabled.`);
  return template;
}

function fillHeader(
  template: Template,
  given: Node | undefined,
  scene: Scene,
): { shown?: ChatHeader | undefined; failure?: Refusal | undefined } {
  const part = partOf(template, 'HEADER');
  if (part === undefined) return given === undefined ? {} : refuse(132000, 'header: the template has none.');
  const format = textProperty(part, 'format') ?? 'TEXT';
  if (format === 'TEXT') {
    const text = fillText(template, 'HEADER', { given, scene });
    if (text.length > HEADER)
      return refuse(132005, `The header is ${text.length} characters long, at most ${HEADER} are allowed.`);
    return { shown: { type: 'text', text } };
  }
  const parameter = given && objects(given, 'parameters', { least: 0, most: 1 })[0];
  const received = (parameter && textProperty(parameter.value, 'type')) ?? 'unknown';
  if (parameter === undefined || received.toUpperCase() !== format) {
    return refuse(132012, `header: Format mismatch, expected ${format}, received ${received.toUpperCase()}`);
  }
  const kind = MEDIA_FORMATS[format];
  if (kind === undefined)
    return { shown: { type: 'text', text: textProperty(property(parameter.value, 'location'), 'name') ?? '' } };
  const source = readSource(requiredObject(parameter, kind), kind, scene);
  return { shown: { type: 'media', media: kind, url: source.url }, failure: source.failure };
}

const MEDIA_FORMATS: Record<string, SentMedia> = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' };

function fillText(template: Template, type: 'HEADER' | 'BODY', from: { given: Node | undefined; scene: Scene }): string {
  const text = textProperty(partOf(template, type), 'text') ?? '';
  const names = placeholdersOf(text);
  const parameters = from.given === undefined ? [] : objects(from.given, 'parameters', { least: 0, most: 100 });
  if (parameters.length !== names.length) {
    const part = type.toLowerCase();
    const details = `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${names.length})`;
    return refuse(132000, details);
  }
  const values = new Map(
    parameters.map((parameter, index) => [nameOf(template, parameter, index), valueIn(parameter, from.scene)]),
  );
  for (const name of names) if (!values.has(name)) refuse(132012, `${type.toLowerCase()}: parameter ${name} is missing.`);
  return text.replace(/\{\{(\w{1,60})\}\}/g, (whole, name: string) => values.get(name) ?? whole);
}

function nameOf(template: Template, parameter: Node, index: number): string {
  return template.named ? requiredText(parameter, 'parameter_name', 60) : String(index + 1);
}

function valueIn(parameter: Node, scene: Scene): string {
  const type = requiredText(parameter, 'type', 40);
  if (type === 'currency' || type === 'date_time') return requiredText(requiredObject(parameter, type), 'fallback_value', 200);
  if (type !== 'text') return refuse(132012, `${parameter.at}: parameter of type ${type} where text is expected.`);
  const text = requiredText(parameter, 'text', 32_768);
  if (/[\n\t]| {5}/.test(text)) {
    const details = 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces';
    return refuse(scene.version >= 23 ? 132018 : 100, details);
  }
  return text;
}

function fillButtons(template: Template, given: Node[], scene: Scene): Buttons {
  const parts = listProperty(partOf(template, 'BUTTONS'), 'buttons');
  const filled = new Map(
    given.filter((one) => typeOf(one) === 'button').map((one) => [String(property(one.value, 'index')), one]),
  );
  for (const index of filled.keys()) {
    if (parts[Number(index)] === undefined) return refuse(131009, `buttons: there is no button at index ${index.slice(0, 10)}.`);
  }
  return parts.map((part, index) => {
    const label = textProperty(part, 'text') ?? '';
    const type = textProperty(part, 'type') ?? '';
    const component = filled.get(String(index));
    const parameter = component && objects(component, 'parameters', { least: 0, most: 10 })[0];
    if (type !== 'URL') return { id: payloadOf(parameter) ?? label, label };
    const url = textProperty(part, 'url') ?? '';
    if (placeholdersOf(url).length === 0) return { id: label, label, url };
    if (parameter === undefined) return refuse(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
    return { id: label, label, url: url.replace(/\{\{\w{1,60}\}\}/, encodeURI(valueIn(parameter, scene))) };
  });
}

/** What comes back when the button is tapped; Meta's older sample gives it as a text. */
function payloadOf(parameter: Node | undefined): string | undefined {
  return parameter && (textProperty(parameter.value, 'payload') ?? textProperty(parameter.value, 'text'));
}

function componentOf(given: Node[], type: string): Node | undefined {
  return given.find((one) => typeOf(one) === type);
}

function typeOf(node: Node): string {
  return requiredText(node, 'type', 40).toLowerCase();
}

function partOf(template: Template, type: string): JsonObject | undefined {
  return template.components.find((part) => part.type === type);
}
