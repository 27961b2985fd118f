/** What the platform itself says and understands in one language. Every language is one file of the same shape. */

/** Commands that work everywhere, as whole messages. */
export const COMMANDS = ['greeting', 'menu', 'back', 'restart', 'language', 'stop', 'start', 'help', 'person'] as const;

export type Command = (typeof COMMANDS)[number];

/** Names of the platform's texts; placeholders in the comment. */
export const PLATFORM_TEXTS = [
  'menu', // button, 20 units
  'person', // button
  'skip', // button
  'more', // row
  'previous', // row
  'choose', // opens a list, 20 units
  'choose_below', // stands above options whose text was sent on its own
  'reply_number', // below numbered options
  'skip_hint', // where a button for it has no room
  'choose_language',
  'offer_language', // {language}; in the language offered
  'language_changed', // {language}
  'not_understood',
  'did_you_mean', // stands above the services that a message may mean
  'switch_to', // stands above another service that a message in the middle of one may mean
  'switch_yes', // button, where that service has no title
  'go_on', // button
  'stuck',
  'retry_choice',
  'retry_text',
  'retry_text_short', // {min}
  'retry_text_long', // {max}
  'retry_number',
  'retry_number_range', // {min} {max}
  'retry_date',
  'retry_date_range', // {min} {max}
  'retry_pin',
  'retry_phone',
  'retry_location',
  'retry_place',
  'retry_photo',
  'retry_document',
  'retry_voice',
  'unsupported',
  'file_large', // {megabytes}
  'file_unsafe',
  'file_lost',
  'voice_kept', // nobody and nothing here understands voice messages
  'listening', // only when it takes longer
  'heard', // {text}
  'heard_yes', // button, 20 units
  'heard_fix', // button, 20 units
  'say_again',
  'old_choice',
  'expired',
  'updated',
  'first_step',
  'handoff',
  'handoff_helpline', // {helpline}
  'person_here', // an officer has taken the conversation
  'person_changes', // {desk}: the talk goes to another desk
  'person_left',
  'stopped',
  'started',
  'help',
  'busy',
  'error',
] as const;

export type PlatformText = (typeof PLATFORM_TEXTS)[number];

export interface Locale {
  tag: string;
  /** Whole messages, native script and common romanisation; compared after folding. */
  commands: Readonly<Record<Command, readonly string[]>>;
  words: {
    yes: readonly string[];
    no: readonly string[];
    skip: readonly string[];
    /** Said before a number: "option 2". */
    option: readonly string[];
  };
  texts: Readonly<Record<PlatformText, string>>;
}
