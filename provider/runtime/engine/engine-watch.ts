import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { endOfWork } from "../../servers";

// An engine that ends normally ends its provider processes. One that is killed leaves them running. They would go on
// with everything that it has requested, which no state would ever hold.

/** Milliseconds between two connections. The engine drops a silent connection after about two minutes. */
const betweenConnections = 300;

/** One refusal may be chance. A closed port refuses every time. */
const refusalsOfTheDead = 3;

/** Milliseconds for work in progress to finish. */
const patience = 5_000;

interface Engine {
  readonly host: string;
  readonly port: number;
}

/** A process has one engine, which is watched once. */
let isWatching = false;

/** Ends this process soon after its engine has gone. No work is begun then, and work in progress is finished. */
export function watchEngine(engine = engineOf(process.argv.slice(2))): void {
  if (isWatching || engine === undefined) return;
  isWatching = true;
  stayConnected(engine, 0);
}

/** Finds the engine's address in the arguments of its dynamic provider. Port 0 means that there is none. */
export function engineOf(args: readonly string[]): Engine | undefined {
  const [, host, port] = args.map((text) => /^([\w.-]+):([1-9]\d*)$/.exec(text)).find(Boolean) ?? [];
  return host === undefined ? undefined : { host, port: Number(port) };
}

function stayConnected(engine: Engine, refusals: number): void {
  let refused = 0;
  const socket = connect(engine).unref().resume();
  socket.once("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "ECONNREFUSED") refused = refusals + 1;
  });
  socket.once("close", () => {
    if (refused === refusalsOfTheDead) return void leave();
    setTimeout(() => stayConnected(engine, refused), betweenConnections).unref();
  });
}

async function leave(): Promise<void> {
  await Promise.race([endOfWork(), pause(patience)]);
  process.exit(1);
}
