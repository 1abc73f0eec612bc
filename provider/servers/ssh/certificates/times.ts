/** The last second that can be written as a day. Certificates may count beyond it. */
const lastSecond = 253_402_300_799n;

/** Writes seconds since 1970 as a day. */
export function dayText(seconds: bigint): string {
  return textOf(seconds, 10);
}

/** Writes seconds since 1970 as a day and minute. */
export function minuteText(seconds: bigint): string {
  return seconds > lastSecond ? textOf(seconds, 0) : `${textOf(seconds, 16).replace("T", " ")} UTC`;
}

function textOf(seconds: bigint, length: number): string {
  if (seconds > lastSecond) return "the year 9999";
  return new Date(Number(seconds) * 1000).toISOString().slice(0, length);
}

/** Returns a time in seconds since 1970. */
export function secondsAt(milliseconds: number): bigint {
  return BigInt(Math.floor(milliseconds / 1000));
}
