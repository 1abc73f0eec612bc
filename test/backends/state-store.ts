/** A place in which Pulumi keeps the state of stacks, made for one test. */
export interface StateStore {
  /** How a run finds it: the backend's URL, and what opens it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Everything that lies in it, by its key. */
  stored(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}
