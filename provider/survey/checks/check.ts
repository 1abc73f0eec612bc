import { isServerError, type ServerError } from "../../servers";

/** `skipped`: not tried, because an earlier check failed. */
export type CheckState = "ok" | "failed" | "warning" | "skipped";

/** What a check has found. */
export interface CheckResult {
  readonly state: CheckState;
  /** One line. */
  readonly message: string;
  /** What to do about it, for a failure and a warning. */
  readonly cure?: string;
}

/** A result with the check that it belongs to. */
export interface Check extends CheckResult {
  readonly check: string;
}

export function ok(message: string): CheckResult {
  return { state: "ok", message: inOneLine(message) };
}

export function failed(message: string, cure: string): CheckResult {
  return { state: "failed", message: inOneLine(message), cure };
}

export function warning(message: string, cure: string): CheckResult {
  return { state: "warning", message: inOneLine(message), cure };
}

export function skipped(message: string): CheckResult {
  return { state: "skipped", message };
}

/** Makes the result for an error. */
export function failedBy({ phrase, said, wayOut }: ServerError): CheckResult {
  return failed(`can't ${phrase}: ${said}`, wayOut);
}

/** Runs a check. It fails by what the server refuses. */
export async function judged(look: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await look();
  } catch (error) {
    if (isServerError(error)) return failedBy(error);
    throw error;
  }
}

/** Text from a server must not look like further lines of the report. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}
