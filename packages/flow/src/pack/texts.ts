/**
 * The texts of a pack, from texts/<language>.yaml. A text is asked for by its key, for example
 * `find-officials.where.text`; asking compiles it in every language, reports what is missing or malformed, and marks it
 * as used, so that what nobody asked for can be reported as unused.
 */
import { type ChannelCapabilities, HazirError, isJsonObject, type Json } from '@hazir/core';
import type { TextOptions } from '../nodes/node-type.ts';
import type { LocalizedText } from '../texts/localized.ts';
import { compileMessage, type Message, type MessageLocale } from '../texts/message.ts';
import { type Path, type Problems, readYaml, type YamlFile } from './source.ts';

export interface TextCatalogue {
  /** Undefined when no language has it; a missing or wrong text is reported once. */
  get: (key: string, options?: TextOptions) => LocalizedText | undefined;
  has: (key: string) => boolean;
  /** Every text asked for so far. */
  used: () => ReadonlyMap<string, LocalizedText>;
  /** Reports texts that nobody asked for; not while there are errors, which leave texts unasked for. */
  reportUnused: () => void;
}

interface Entry {
  source: string;
  file: string;
  line: number;
}

export interface CatalogueOptions {
  files: ReadonlyMap<string, string>;
  locales: readonly MessageLocale[];
  defaultLanguage: string;
  channels: Readonly<Record<string, ChannelCapabilities>>;
  problems: Problems;
}

/** Reads the text files of all languages of a pack. */
export function readTexts(options: CatalogueOptions): TextCatalogue {
  const { files, locales, problems } = options;
  const entries = new Map<string, Map<string, Entry>>();
  const yamls = new Map<string, YamlFile>();
  for (const { language } of locales) {
    const file = `texts/${language}.yaml`;
    const text = files.get(file);
    if (text === undefined)
      problems.add('text:no-file', `The language "${language}" has no texts`, {
        file,
        hint: `Add ${file}, or remove the language from pack.yaml.`,
      });
    const yaml = text === undefined ? undefined : readYaml(file, text, problems);
    if (yaml === undefined) continue;
    yamls.set(language, yaml);
    flatten(
      yaml,
      (key, entry) => {
        const languages = entries.get(key) ?? new Map<string, Entry>();
        entries.set(key, languages.set(language, entry));
      },
      problems,
    );
  }
  return catalogue(entries, yamls, options);
}

function catalogue(
  entries: Map<string, Map<string, Entry>>,
  yamls: Map<string, YamlFile>,
  options: CatalogueOptions,
): TextCatalogue {
  const { locales, problems, channels } = options;
  const compiled = new Map<string, LocalizedText>();
  const missing = (key: string, language: string): void => {
    const line = yamls.get(language)?.line(key.split('.')) ?? 1;
    problems.add('text:missing', `The text "${key}" is missing in "${language}"`, {
      file: `texts/${language}.yaml`,
      line,
      hint: 'Add it: every text is needed in every language of the pack.',
    });
  };
  const get = (key: string, { required = false, limit }: TextOptions = {}): LocalizedText | undefined => {
    const languages = entries.get(key);
    if (languages === undefined) {
      if (required) for (const { language } of locales) missing(key, language);
      return undefined;
    }
    const text = compiled.get(key) ?? compileText(key, languages, options);
    if (!compiled.has(key)) for (const { language } of locales) if (!languages.has(language)) missing(key, language);
    compiled.set(key, text);
    if (limit !== undefined) checkLength(text, languages, { limit, channels, problems });
    return text.byLanguage.size === 0 ? undefined : text;
  };
  const reportUnused = (): void => {
    if (problems.hasErrors()) return;
    for (const [key, languages] of entries) {
      if (compiled.has(key)) continue;
      for (const { file, line } of languages.values()) {
        problems.add('text:unused', `The text "${key}" is not used by any flow`, {
          file,
          line,
          severity: 'warning',
          hint: 'Remove it, or check the names of flow and node above it.',
        });
      }
    }
  };
  return { get, has: (key) => entries.has(key), used: () => compiled, reportUnused };
}

function compileText(key: string, languages: ReadonlyMap<string, Entry>, options: CatalogueOptions): LocalizedText {
  const byLanguage = new Map<string, Message>();
  for (const locale of options.locales) {
    const entry = languages.get(locale.language);
    const message = entry === undefined ? undefined : compileEntry(entry, locale, options.problems);
    if (message !== undefined) byLanguage.set(locale.language, message);
  }
  comparePlaceholders(key, byLanguage, { languages, options });
  const placeholders = [...new Set([...byLanguage.values()].flatMap((message) => [...message.placeholders.keys()]))];
  return { key, byLanguage, placeholders };
}

function compileEntry({ source, file, line }: Entry, locale: MessageLocale, problems: Problems): Message | undefined {
  try {
    return compileMessage(source, locale);
  } catch (error) {
    if (!(error instanceof HazirError)) throw error;
    problems.add(error.code, error.message, { file, line, ...(error.hint === undefined ? {} : { hint: error.hint }) });
    return undefined;
  }
}

function comparePlaceholders(
  key: string,
  byLanguage: ReadonlyMap<string, Message>,
  { languages, options }: { languages: ReadonlyMap<string, Entry>; options: CatalogueOptions },
): void {
  const reference = byLanguage.get(options.defaultLanguage);
  if (reference === undefined) return;
  const expected = [...reference.placeholders.keys()].sort().join(', ');
  for (const [language, message] of byLanguage) {
    const actual = [...message.placeholders.keys()].sort().join(', ');
    const entry = languages.get(language);
    if (actual === expected || entry === undefined) continue;
    options.problems.add(
      'text:placeholders',
      `The text "${key}" has the placeholders (${actual}) in "${language}", but (${expected}) in "${options.defaultLanguage}"`,
      {
        file: entry.file,
        line: entry.line,
        hint: 'Use the same placeholders in every language.',
      },
    );
  }
}

interface LengthCheck {
  limit: (capabilities: ChannelCapabilities) => number;
  channels: Readonly<Record<string, ChannelCapabilities>>;
  problems: Problems;
}

function checkLength(
  text: LocalizedText,
  languages: ReadonlyMap<string, Entry>,
  { limit, channels, problems }: LengthCheck,
): void {
  for (const [language, { longest }] of text.byLanguage) {
    const entry = languages.get(language);
    for (const [channel, capabilities] of Object.entries(channels)) {
      const most = limit(capabilities);
      if (most <= 0 || longest <= most || entry === undefined) continue;
      problems.add('text:too-long', `The text "${text.key}" is ${longest} long, but ${channel} allows ${most} here`, {
        file: entry.file,
        line: entry.line,
        hint: 'Say it shorter.',
      });
    }
  }
}

/** Turns the tree of a file into keys; a bare string is a node's `text`, or an option's `label`. */
function flatten(yaml: YamlFile, add: (key: string, entry: Entry) => void, problems: Problems): void {
  const visit = (value: Json, path: Path): void => {
    if (isJsonObject(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
      return;
    }
    const line = yaml.line(path);
    if (typeof value === 'string' && path.length > 1) {
      add(keyOf(path), { source: value, file: yaml.file, line });
      return;
    }
    if (value === null && path.length === 0) return;
    problems.add('text:shape', `"${path.join('.')}" is no text`, {
      file: yaml.file,
      line,
      hint: 'Texts stand under flow and node, in quotes.',
    });
  };
  visit(yaml.value, []);
}

function keyOf(path: Path): string {
  const [flow, node, ...rest] = path;
  if (rest.length === 0 && node !== 'title' && flow !== 'hazir') return `${flow}.${node}.text`;
  if (rest.length === 2 && rest[0] === 'options') return [...path, 'label'].join('.');
  return path.join('.');
}
