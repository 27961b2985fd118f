/** A pack after compiling: what the engine runs. Immutable, shared by every conversation of its version. */
import type { Json } from '@hazir/core';
import type { NumberingSystem } from '@hazir/language';
import type { EmergencyNumber, Rescuer } from '../danger/numbers.ts';
import type { CompiledFlow } from '../nodes/node-type.ts';
import type { LocalizedText } from '../texts/localized.ts';

/** A message that may be sent outside the channel's service window, after the provider's review. */
export interface TemplateDefinition {
  name: string;
  category: 'utility' | 'marketing' | 'authentication';
  /** Names of the parameters, in the order of the provider's {{1}}, {{2}}. */
  parameters: string[];
  languages: { [language: string]: TemplateText };
}

export interface TemplateText {
  /** With {{1}}, {{2}} as the provider wants it. */
  body: string;
  footer?: string;
  /** A tap opens the flow, with the parameters that are named; the payload is made by `openFlowChoice`. */
  buttons: { flow: string; label: string; with?: string[] | undefined }[];
}

export interface CompiledPack {
  id: string;
  version: string;
  /** By language. */
  names: { [language: string]: string };
  languages: string[];
  defaultLanguage: string;
  /** Flow in which a conversation begins. */
  entry: string;
  /** Flow that "menu" opens. */
  menu: string;
  /** Flow that takes a file or place sent at rest or at a menu. */
  opens: { [kind in 'photo' | 'document' | 'voice' | 'place' | 'question']?: string | undefined };
  helplines: string[];
  /** Whom to call in danger, the national numbers where the pack names none. */
  emergency: Readonly<Record<Rescuer, EmergencyNumber>>;
  /** Settings of citizen services, by service, passed through. */
  services: { [service: string]: Json };
  /** What expressions read as `settings`. */
  settings: { [name: string]: Json };
  /** Scores of free text; what is absent is the platform's own. */
  understanding: { accept?: number | undefined; clarify?: number | undefined; within?: number | undefined };
  /** Hosts that "fetch" may ask. */
  hosts: string[];
  /** Milliseconds without a message after which a conversation begins anew. */
  sessionTimeout: number;
  timeZone: string;
  digits: { [language: string]: NumberingSystem };
  flows: ReadonlyMap<string, CompiledFlow>;
  templates: ReadonlyMap<string, TemplateDefinition>;
  /** Flow by normalised phrase, of every language. */
  phrases: ReadonlyMap<string, string>;
  /** What people say, by flow and language: what a classifier is trained with. */
  phrasesByFlow: ReadonlyMap<string, { [language: string]: string[] }>;
  /** Every text of the pack by its key, for tests and for the console. */
  texts: ReadonlyMap<string, LocalizedText>;
  /** The platform's own texts in the pack's languages. */
  platform: ReadonlyMap<string, LocalizedText>;
  /** Names of data files; their content belongs to the services. */
  dataFiles: string[];
}
