import type { Toxic } from "./fault-proxy";

/** One way in which a line to a server fails at one step. */
export interface LineFault {
  name: string;
  toxics: readonly Toxic[];
  /** Whether the run has to succeed in spite of it. */
  isHarmless?: boolean;
  /** Milliseconds after which it is over. @default when the run has ended */
  lasts?: number;
  /** The same, until the run has ended; it is another fault only where the run has gone on after this one. */
  lasting?: LineFault;
  /** It begins when the step before comes, so that it falls on the question of this one. @default on its answer */
  isEarly?: boolean;
  /** The servers close every connection themselves when it begins. */
  closes?: boolean;
  /** The lines are down for as long as it lasts, and connections that waited for them are dead afterwards. */
  isSilent?: boolean;
}

/** What happens at a step: a fault on the lines, or the provider's end. */
export type Fault = LineFault | "SIGKILL";

const [answers, questions] = ["downstream", "upstream"] as const;

/** Milliseconds by which each packet is late on a slow line. */
export const lateness = 10;

const reset: Toxic = { type: "reset_peer", stream: answers, attributes: { timeout: 0 } };

/** Kills every connection. */
export const death: readonly Toxic[] = [reset];

/** Faults on the lines, from slow to gone. Those that last break every later attempt of the same run as well. */
export const lineFaults: readonly LineFault[] = [
  {
    name: "slow, in pieces",
    isHarmless: true,
    toxics: [
      ...bothWays("latency", { latency: lateness, jitter: 0 }),
      ...bothWays("slicer", { average_size: 40, size_variation: 20, delay: 50 }),
    ],
  },
  {
    name: "closed, told late",
    closes: true,
    lasts: 60,
    toxics: [{ type: "slow_close", stream: answers, attributes: { delay: 50 } }],
  },
  { name: "reset once", lasts: 5, toxics: [reset], lasting: { name: "reset", toxics: [reset] } },
  {
    name: "silence until the deadline",
    isSilent: true,
    toxics: [{ type: "timeout", stream: answers, attributes: { timeout: 0 } }],
  },
  {
    name: "answer cut",
    lasts: 60,
    toxics: [{ type: "limit_data", stream: answers, attributes: { bytes: 30 } }],
  },
  {
    name: "question cut",
    isEarly: true,
    lasts: 250,
    toxics: [{ type: "limit_data", stream: questions, attributes: { bytes: 30 } }],
  },
];

function bothWays(type: Toxic["type"], attributes: Toxic["attributes"]): Toxic[] {
  return [answers, questions].map((stream) => ({ type, stream, attributes }));
}
