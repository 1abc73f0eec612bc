import { isServerError } from "./errors";

/** Something that is opened once and may die. */
export interface Opened {
  readonly isOpen: boolean;
}

/**
 * Opens at the first use; concurrent first users share one attempt. What has died is opened again at the next use. A
 * refusal is remembered: trying the same credential again would only make a brute-force guard lock us out.
 */
export class Reconnecting<T extends Opened> {
  private current: Promise<T> | undefined;

  constructor(private readonly open: () => Promise<T>) {}

  async get(): Promise<T> {
    const attempt = this.attempt();
    const found = await attempt;
    if (found.isOpen) return found;
    // Only the first of several users who find it dead opens a new one. The others wait for that.
    if (this.current === attempt) this.current = undefined;
    return this.attempt();
  }

  /** Returns what is open, to be closed; the next use opens a new one. Never rejects. */
  forget(): Promise<T | undefined> {
    const forgotten = this.current ?? Promise.resolve(undefined);
    this.current = undefined;
    return forgotten.catch(() => undefined);
  }

  private attempt(): Promise<T> {
    this.current ??= this.start();
    return this.current;
  }

  private start(): Promise<T> {
    const attempt = this.open().catch((error: unknown) => {
      if (!isServerError(error, ...final) && this.current === attempt) this.current = undefined;
      throw error;
    });
    return attempt;
  }
}

const final = [
  "refused-credential",
  "changed-host-key",
  "unknown-host-key",
  "missing-credential",
  "invalid-value",
] as const;
