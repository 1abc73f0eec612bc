/**
 * Simulated WHM and DNSOnly servers on loopback, for tests.
 *
 * @module pulumi-whm/simulator
 */
export { faultNames, type FaultName, type FaultOptions } from "./faults";
export { startFromTopology } from "./from-topology";
export type { Door, JournalEntry, Watcher } from "./journal";
export {
  administratorAddress,
  defaultVersion,
  providerTokenName,
  type SimulatedServerOptions,
  type SimulatorOptions,
} from "./options";
export type { SimulatedFiles } from "./simulated-files";
export { startSimulator, type SeenMember, type Simulator } from "./simulator";
