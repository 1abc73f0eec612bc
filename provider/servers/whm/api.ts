import type { Secret } from "../secret";

/** Values of a WHM API 1 call. A list is sent as `name-0`, `name-1`, ...; what is undefined is not sent. */
export type ApiParameters = Record<string, string | number | readonly string[] | undefined>;

export interface CallOptions {
  /** Whether the call changes something: then it is sent once and never again. */
  mutation: boolean;
  /** Secrets among the parameters. They stay out of errors, and such a call is never made on a command line. */
  secrets?: readonly Secret[];
}

/** WHM API 1 of one server, over HTTPS or through `whmapi1`. */
export interface WhmApi {
  /** Name of the server, for errors. */
  readonly server: string;

  /**
   * Calls a function and returns the `data` of its reply, null when the reply has none.
   *
   * @param phrase what is tried, as it follows "Failed to": "create the API token x"
   * @throws ServerError also when the server answers that the call failed
   */
  call(
    phrase: string,
    functionName: string,
    parameters: ApiParameters,
    options: CallOptions,
  ): Promise<unknown>;
}

/** Names and values as they are sent: a list becomes `name-0`, `name-1`, ..., what is undefined is left out. */
export function flatParameters(parameters: ApiParameters): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (typeof value === "object") return value.map((item, index) => [`${name}-${index}`, item]);
    return [[name, String(value)]];
  });
}
