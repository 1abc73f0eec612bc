/**
 * A read that several callers request at the same time. It is done once for all of them and begins after each has
 * asked, so the answer contains what a caller has written before.
 */
export class SharedRead<T> {
  private running: Promise<unknown> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly read: () => Promise<T>) {}

  get(): Promise<T> {
    if (!this.running) return this.start();
    this.next ??= this.running.then(() => this.start());
    return this.next;
  }

  private start(): Promise<T> {
    this.next = undefined;
    const reading = this.read();
    const ended: Promise<unknown> = reading
      .catch(() => undefined)
      .then(() => {
        // The waiting one begins in the same turn, before anybody can ask for a third.
        if (this.running === ended && !this.next) this.running = undefined;
      });
    this.running = ended;
    return reading;
  }
}
