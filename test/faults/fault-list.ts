import type { Toxic } from "./fault-proxy";

/** One way in which a line to a server fails at one step. */
export interface Fault {
  name: string;
  toxics: readonly Toxic[];
  /** Whether the run has to succeed in spite of it. */
  isHarmless: boolean;
  /** Milliseconds after which it is over. @default when the run has ended */
  lasts?: number;
}

const [answers, questions] = ["downstream", "upstream"] as const;

/** The faults, from slow to gone. Those that last break every later attempt of the same run as well. */
export const faults: readonly Fault[] = [
  {
    name: "latency",
    isHarmless: true,
    toxics: bothWays("latency", { latency: 5, jitter: 5 }),
  },
  {
    name: "sliced",
    isHarmless: true,
    toxics: bothWays("slicer", { average_size: 40, size_variation: 20, delay: 50 }),
  },
  {
    name: "slow close",
    isHarmless: true,
    toxics: [{ type: "slow_close", stream: answers, attributes: { delay: 100 } }],
  },
  {
    name: "reset once",
    isHarmless: false,
    lasts: 60,
    toxics: [{ type: "reset_peer", stream: answers, attributes: { timeout: 0 } }],
  },
  {
    name: "reset",
    isHarmless: false,
    toxics: [{ type: "reset_peer", stream: answers, attributes: { timeout: 0 } }],
  },
  {
    name: "timeout",
    isHarmless: false,
    toxics: [{ type: "timeout", stream: answers, attributes: { timeout: 60 } }],
  },
  {
    name: "answer cut",
    isHarmless: false,
    lasts: 60,
    toxics: [{ type: "limit_data", stream: answers, attributes: { bytes: 30 } }],
  },
  {
    name: "question cut",
    isHarmless: false,
    lasts: 60,
    toxics: [{ type: "limit_data", stream: questions, attributes: { bytes: 30 } }],
  },
];

function bothWays(type: Toxic["type"], attributes: Toxic["attributes"]): Toxic[] {
  return [answers, questions].map((stream) => ({ type, stream, attributes }));
}
