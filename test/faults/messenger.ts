import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** A POST request with a JSON body. */
export interface Message {
  url: string;
  body: string;
}

/** Sends requests from another thread while this one stands still. */
export class Messenger {
  private readonly worker = new Worker(join(__dirname, "messenger-thread.mjs"));

  sendAndWait(messages: readonly Message[]): void {
    const outcome = new Int32Array(new SharedArrayBuffer(4));
    this.worker.postMessage({ messages, outcome });
    Atomics.wait(outcome, 0, 0, 10_000);
    if (outcome[0] !== 1) throw new Error(`The fault proxy did not take ${JSON.stringify(messages)}`);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
