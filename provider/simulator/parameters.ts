import { Refusal } from "./refusal";

/** Parameters of an API call, however they came in. */
export class Parameters {
  constructor(private readonly values: URLSearchParams) {}

  get(name: string): string | undefined {
    return this.values.get(name) ?? undefined;
  }

  /** @throws Refusal if the parameter is missing or empty */
  require(name: string): string {
    const value = this.get(name);
    if (value === undefined || value === "") throw new Refusal(`Missing argument: ${name}`);
    return value;
  }

  /** Returns all values of `name`, `name-0`, `name-1` and so on. The numbers may have gaps. */
  list(name: string): string[] {
    const isOurs = (key: string): boolean => key === name || new RegExp(`^${name}-\\d+$`).test(key);
    return [...this.values].filter(([key]) => isOurs(key)).map(([, value]) => value);
  }

  /** The same as `list`, but undefined if none was sent. */
  optionalList(name: string): string[] | undefined {
    const values = this.list(name);
    return values.length === 0 ? undefined : values;
  }
}
