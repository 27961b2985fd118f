/** Reads a request body field by field and refuses it in Meta's words: 131008 for what is missing, 100 for shape and length. */
import { isJsonObject, type Json, type JsonObject, property, textLength } from '@hazir/core';
import { refuse } from '../graph/refusal.ts';

/** An object in a request, with its name as Meta writes it: `interactive['action']`. */
export interface Node {
  at: string;
  value: JsonObject;
}

export function childAt(node: Node, key: string): string {
  return node.at === '' ? key : `${node.at}['${key}']`;
}

export function requiredObject(node: Node, key: string): Node {
  return optionalObject(node, key) ?? missing(node, key);
}

export function optionalObject(node: Node, key: string): Node | undefined {
  const value = property(node.value, key);
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) return refuse(100, `Param ${childAt(node, key)} must be a JSON object.`);
  return { at: childAt(node, key), value };
}

/** A non-empty text of at most `most` UTF-16 units. */
export function requiredText(node: Node, key: string, most: number): string {
  return optionalText(node, key, most) ?? missing(node, key);
}

/** An absent or empty text is undefined. */
export function optionalText(node: Node, key: string, most: number): string | undefined {
  const value = property(node.value, key);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return refuse(100, `Param ${childAt(node, key)} must be a string.`);
  if (textLength(value) > most) return refuse(100, `Param ${childAt(node, key)} must be at most ${most} characters long.`);
  return value;
}

/** Objects of a list with at least `least` and at most `most` of them. */
export function objects(node: Node, key: string, size: { least: number; most: number }): Node[] {
  const value = property(node.value, key) ?? [];
  const at = childAt(node, key);
  if (!Array.isArray(value)) return refuse(100, `Param ${at} must be an array.`);
  if (value.length < size.least && value.length === 0) return missing(node, key);
  if (value.length < size.least || value.length > size.most) {
    return refuse(131009, `${at} must have from ${size.least} to ${size.most} elements, it has ${value.length}.`);
  }
  return value.map((item: Json, index) => {
    if (!isJsonObject(item)) return refuse(100, `Param ${at}[${index}] must be a JSON object.`);
    return { at: `${at}[${index}]`, value: item };
  });
}

/** A number, or a text that is one, within limits. */
export function requiredNumber(node: Node, key: string, limit: number): number {
  const value = property(node.value, key);
  if (value === undefined || value === null || value === '') return missing(node, key);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return refuse(100, `Param ${childAt(node, key)} must be a number.`);
  if (Math.abs(number) > limit) return refuse(131009, `${childAt(node, key)} is out of range.`);
  return number;
}

export function missing(node: Node, key: string): never {
  return refuse(131008, `Required parameter ${childAt(node, key)} is missing.`);
}

/** An http or https address. */
export function requiredUrl(node: Node, key: string): string {
  const url = requiredText(node, key, 2_000);
  if (!isWebAddress(url)) return refuse(100, `Param ${childAt(node, key)} is not a valid URI.`);
  return url;
}

function isWebAddress(text: string): boolean {
  const parsed = URL.parse(text);
  return parsed !== null && (parsed.protocol === 'http:' || parsed.protocol === 'https:');
}
