import type { ServerError } from "../../../provider/servers";
import { isServerError, serverErrorCodes } from "../../../provider/servers";

/** Bytes of a reply as they go over the wire, the status line included. */
export function raw(head: string[], body: string | Buffer = ""): Buffer {
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body)]);
}

/** Sends the same bytes again and again as fast as the other side takes them; gives how many it took in the end. */
export function flood(stream: NodeJS.WritableStream & NodeJS.EventEmitter, chunk: Buffer): () => number {
  let sent = 0;
  let isOver = false;
  stream.on("error", () => (isOver = true)).on("close", () => (isOver = true));
  const send = (): void => {
    if (isOver || !stream.writable) return;
    sent += chunk.length;
    // Never in one turn: what closes the stream has to be heard as well.
    if (stream.write(chunk)) setImmediate(send);
    else stream.once("drain", () => setImmediate(send));
  };
  send();
  return () => sent;
}

/** How a call ended that must not succeed: its error, after so many milliseconds. */
export async function endOf(work: Promise<unknown>): Promise<{ error: ServerError; milliseconds: number }> {
  const start = performance.now();
  const outcome: unknown = await work.then(
    (value) => new Error(`succeeded with ${JSON.stringify(value)?.slice(0, 100)}`),
    (error: unknown) => error,
  );
  if (!isServerError(outcome)) throw outcome;
  expect(serverErrorCodes).toContain(outcome.code);
  expect(outcome.message.length).toBeLessThan(1500);
  return { error: outcome, milliseconds: performance.now() - start };
}
