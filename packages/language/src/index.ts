export { onlyAsksForNumber } from './danger/asked-number.ts';
export { findDanger } from './danger/find-danger.ts';
export { DANGERS, type Danger } from './danger/rules.ts';
export { answeredDays } from './entities/day-answers.ts';
export type { Entity, Span } from './entities/entity.ts';
export { type ExtractOptions, extractEntities } from './entities/extract.ts';
export { maskIdentifiers } from './entities/identifiers.ts';
export { type ReferenceTemplate, referenceTemplateProblem } from './entities/references.ts';
export { keysOf, type WordKeys } from './folding/keys.ts';
export { lightKeysOf } from './folding/light.ts';
export { readingsOf, romanise } from './folding/romanise.ts';
export { type IdentifiedLanguage, identifyLanguage } from './identify/identify.ts';
export { type Candidate, type Classification, classifyIntent } from './intents/classify.ts';
export { DEFAULT_THRESHOLDS, type IntentModel, type Thresholds } from './intents/model.ts';
export { deserialiseIntents, serialiseIntents } from './intents/serialise.ts';
export { type IntentPhrase, type TrainOptions, trainIntents } from './intents/train.ts';
export { findLanguage, LANGUAGES, type Language } from './languages.ts';
export { leadingEmoji, normalize, sameLabel } from './normalize.ts';
export { formatNumber, numberFormat } from './number-format.ts';
export { asciiDigits, NUMBERING_SYSTEMS, type NumberingSystem, writeDigits } from './numerals.ts';
export { providerAdapters } from './providers/adapters.ts';
export { type ChoiceCandidate, choiceQuestion, readChosen } from './providers/choose.ts';
export type {
  AudioAccepted,
  Exchange,
  ProviderAccount,
  ProviderAdapter,
  ProviderFailure,
  ProviderMemory,
  ProviderTask,
  ProviderTasks,
  Step as ProviderStep,
} from './providers/contract.ts';
export { type LiteralCheck, notInPassages } from './providers/literal.ts';
export { redactForProvider } from './providers/redact.ts';
export { checkRephrased, type RephraseAsked, type Rephrased, rephraseQuestion } from './providers/rephrase.ts';
export { createNameIndex, type NamedIn, type NameIndex } from './retrieval/name-index.ts';
export { isAreaWord } from './retrieval/place-words.ts';
export { isStopWord, weightOf } from './retrieval/stop-words.ts';
export { keysOfText, rankStored, type StoredTexts, storeTexts } from './retrieval/stored-texts.ts';
export { createTextIndex, type Hit, type IndexedText, type TextIndex } from './retrieval/text-index.ts';
export { SCRIPT_RANGES, type Script, scriptOf } from './scripts.ts';
export { measureOggOpus, type OggOpus } from './voice/ogg-opus.ts';
export { splitAtSilence, wavOf } from './voice/pieces.ts';
