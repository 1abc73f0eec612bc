import type { AskSoa } from "../servers";
import type { Streams } from "./streams";

/** What a command may use of the process. */
export interface Surroundings {
  readonly streams: Streams;
  /** Resolves when the user wants a running command to stop. Listens from the call on. */
  readonly untilStopped: () => Promise<void>;
  /** Whether to show the origin of an unexpected error. */
  readonly debug: boolean;
  /** Asks a nameserver over DNS. @default its port 53 */
  readonly askSoa?: AskSoa | undefined;
}
