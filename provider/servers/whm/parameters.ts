import type { ApiParameters } from "./api";

/** Names and values as they are sent: a list becomes `name-0`, `name-1`, ..., what is undefined is left out. */
export function flatParameters(parameters: ApiParameters): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (typeof value === "object") return value.map((item, index) => [`${name}-${index}`, item]);
    return [[name, String(value)]];
  });
}
