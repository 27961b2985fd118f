export type { Control } from './control/control.ts';
export { createSimulator, type Simulator } from './create-simulator.ts';
export { demoCitizens, demoNumbers } from './demo-numbers.ts';
export { type Listening, listenSimulator } from './listen-simulator.ts';
export type { InitialCitizen, RetryProfile, SimulatedNumber, SimulatorOptions, StatusDelays } from './options.ts';
export type {
  BusinessNumber,
  ChatBody,
  ChatHeader,
  ChatItem,
  Citizen,
  CitizenChange,
  CitizenMessage,
  Delivery,
  Faults,
  GraphRequest,
  IdentityMode,
  NewCitizen,
  SimulatorState,
  Ticks,
} from './protocol.ts';
export {
  type FakeAnswers,
  type FakeMode,
  type FakeProvider,
  type FakeRequest,
  listenFakeProvider,
} from './providers/fake-provider.ts';
export { DEMO_SYSTEMS, demoDepartmentKey, demoIssuerKey } from './systems/demo-systems.ts';
export type { ChatEvent } from './world.ts';
