/** What may break a rule, each with its reason. An entry that is no longer needed fails its test. */
type Exceptions = Readonly<Record<string, string>>;

/** Files of more than 300 lines. */
export const LONG_FILES: Exceptions = {
  'packages/console/src/api/generated/schema.d.ts': 'made of the description of the API by npm run console:api',
  'packages/console/src/texts/en.ts': 'flat: every text of the console',
  'packages/console/src/texts/hi.ts': 'flat: every text of the console',
};

/** Files with a type assertion, a non-null `!` or the type `any`. */
export const UNSAFE_FILES: Exceptions = {};

/** The way into a package where it is not its index. */
export const DOORS: Readonly<Record<string, { path: string; reason: string }>> = {
  console: { path: 'src/main.tsx', reason: 'a page: browsers open it, nothing imports it' },
  server: { path: 'src/serve.ts', reason: 'nothing imports the top of the house but tests, and they start it' },
};

/** Exported names that end in Service and mean the noun of the glossary. */
export const DOMAIN_NAMES: Exceptions = {
  LoadedService: 'a citizen service after its data was read',
};

/** Areas of `area:reason` words in the sources that are not error codes. */
export const NOT_ERROR_AREAS: Exceptions = {
  node: 'modules of Node.js',
  saaras: 'models of Sarvam',
  bulbul: 'models of Sarvam',
  'sarvam-translate': 'models of Sarvam',
  body: 'reasons in unknown_updates: a webhook body',
  entry: 'reasons in unknown_updates: a webhook entry',
  change: 'reasons in unknown_updates: a webhook change',
  field: 'reasons in unknown_updates: a webhook field',
  value: 'reasons in unknown_updates: a webhook value',
  message: 'reasons in unknown_updates: a message',
  status: 'reasons in unknown_updates: a status',
};
