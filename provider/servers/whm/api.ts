import type { Secret } from "../secret";

/** Parameters of a WHM API 1 call. A list is sent as `name-0`, `name-1`, ...; undefined is not sent. */
export type ApiParameters = Record<string, string | number | readonly string[] | undefined>;

export interface CallOptions {
  /** Whether the call changes something. It is then sent once and never again. */
  mutation: boolean;
  /** Secrets among the parameters. They are kept out of errors, and such a call is never made on a command line. */
  secrets?: readonly Secret[];
}

/** WHM API 1 of one server, over HTTPS or through `whmapi1`. */
export interface WhmApi {
  /** Name of the server, for errors. */
  readonly server: string;
  /** Seconds by which the server's clock was ahead of this machine's at the last reply; undefined if not known. */
  readonly clockAhead?: number | undefined;

  /**
   * Calls a function and returns the `data` of its reply; null if the reply has none.
   *
   * @param phrase description of the attempt, to follow "Failed to": "create the API token x"
   * @throws ServerError also when the server answers that the call failed
   */
  call(
    phrase: string,
    functionName: string,
    parameters: ApiParameters,
    options: CallOptions,
  ): Promise<unknown>;
}

/** Lists names and values as they are sent: a list becomes `name-0`, `name-1`, ...; undefined is left out. */
export function flatParameters(parameters: ApiParameters): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (typeof value === "object") return value.map((item, index) => [`${name}-${index}`, item]);
    return [[name, String(value)]];
  });
}
