/**
 * Choices as reply buttons or as a list. Buttons are one tap, so they are used wherever they hold everything; a list
 * holds more and longer labels, and a second line.
 */
import { type Choice, clip, type JsonObject, type OutboundContent, textLength } from '@hazir/core';
import { capabilities } from './capabilities.ts';
import { oneLine } from './words.ts';

type ChoiceContent = Extract<OutboundContent, { type: 'choice' }>;

/** Meta refuses a list without a label for its button; this one needs no language. */
const openLabelOfAnyLanguage = '☰';

/** The `interactive` object. */
export function renderChoice(content: ChoiceContent): JsonObject {
  const header = line(content.header);
  const footer = line(content.footer);
  const buttons = fitsButtons(content.choices);
  return {
    type: buttons ? 'button' : 'list',
    ...(header !== undefined && { header: { type: 'text', text: clip(header, capabilities.header) } }),
    body: { text: content.text },
    ...(footer !== undefined && { footer: { text: clip(footer, capabilities.footer) } }),
    action: buttons ? { buttons: content.choices.map(button) } : list(content),
  };
}

/** Titles of buttons must differ; equal ones are told apart in a list by their second line. */
function fitsButtons(choices: readonly Choice[]): boolean {
  const { most, label } = capabilities.buttons;
  const labels = choices.map((choice) => oneLine(choice.label));
  if (choices.length > most || new Set(labels).size < labels.length) return false;
  return labels.every((each) => textLength(each) <= label) && choices.every((choice) => line(choice.detail) === undefined);
}

function button({ id, label }: Choice): JsonObject {
  return { type: 'reply', reply: { id, title: oneLine(label) } };
}

function list({ listLabel, choices }: ChoiceContent): JsonObject {
  const label = clip(line(listLabel) ?? openLabelOfAnyLanguage, capabilities.list.openLabel);
  return { button: label, sections: [{ rows: choices.map(row) }] };
}

/** A label that does not fit is cut, and stands in full on the second line where that is free. */
function row({ id, label, detail }: Choice): JsonObject {
  const title = oneLine(label);
  const overlong = textLength(title) > capabilities.list.label ? title : undefined;
  const second = line(detail) ?? overlong;
  return {
    id,
    title: clip(title, capabilities.list.label),
    ...(second !== undefined && { description: clip(second, capabilities.list.detail) }),
  };
}

/** The text as one line; undefined when nothing is in it. */
function line(text: string | undefined): string | undefined {
  const found = oneLine(text ?? '');
  return found === '' ? undefined : found;
}
