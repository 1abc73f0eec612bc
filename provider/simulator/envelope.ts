/** A reply of WHM API 1. `data` is left out if there is none. */
export interface Envelope {
  readonly data?: unknown;
  readonly metadata: {
    readonly command: string;
    readonly reason: string;
    readonly result: 0 | 1;
    readonly version: 1;
  };
}

/** Makes the reply of a function that succeeded. */
export function success(command: string, data: unknown): Envelope {
  const metadata = { command, reason: "OK", result: 1, version: 1 } as const;
  return data === undefined ? { metadata } : { data, metadata };
}

/** Makes the reply of a function that failed. */
export function failure(command: string, reason: string): Envelope {
  return { metadata: { command, reason, result: 0, version: 1 } };
}
