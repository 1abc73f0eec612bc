/** Writes a number of seconds, such as `1 second` or `15 seconds`. */
export function secondsText(seconds: number): string {
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
