export type {
  ContactView,
  Decision,
  EngineEvent,
  Frame,
  Input,
  RelayedFile,
  Session,
  Step,
  StepContext,
  StepResult,
  Understanding,
  Understood,
  Waiting,
} from './contract.ts';
export {
  fillCaptured,
  findTappedChoice,
  type MatchAbout,
  matchConversationStep,
  type StepMatch,
} from './conversations/match.ts';
export {
  type CitizenAct,
  type ConversationStep,
  type ConversationTest,
  type Expectation,
  type OfficerAct,
  parseConversations,
} from './conversations/parse.ts';
export { COMMANDS, type Command, type PlatformText } from './locales/locale.ts';
export { DANGER_FLOW } from './pack/built-in.ts';
export { type CompileOptions, type CompileResult, compilePack } from './pack/compile.ts';
export type { CompiledPack, TemplateDefinition, TemplateText } from './pack/compiled.ts';
export { type FlowJsonSchemas, flowJsonSchemas } from './pack/schemas.ts';
export type { PackProblem, PackSource } from './pack/source.ts';
export { openFlowChoice } from './step/choice-id.ts';
export { PERSON_TOPIC } from './step/commands.ts';
export { OFFICER_ORIGIN, step } from './step/step.ts';
