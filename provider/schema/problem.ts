/** What is wrong at one place of a value. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  /** What was expected, and what is there. */
  readonly text: string;
}

/** Returns a problem as `path: what was expected`. */
export function problemLine({ path, text }: Problem): string {
  return `${pathText(path) || "(root)"}: ${text}`;
}

/** Writes a path as in code: `links[0].from`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    const isPlain = typeof step !== "number" && !/\p{Cc}/u.test(String(step));
    if (isPlain) return `${text}${text && "."}${String(step)}`;
    // A line break in a name must not begin a line of its own.
    return `${text}[${typeof step === "number" ? step : JSON.stringify(String(step))}]`;
  }, "");
}
