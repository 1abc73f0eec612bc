import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { endOfWork } from "../../servers";

// An engine that ends well ends its provider processes. One that was killed leaves them running, and they would go on
// with everything that it has asked for, which no state will ever hold.

/** Between two connections. The engine drops one without a word on it after about two minutes. */
const betweenConnections = 300;

/** One refusal may be chance; a port that is closed refuses every time. */
const refusalsOfTheDead = 3;

/** How long work that is under way may take to come to its end. */
const patience = 5_000;

interface Engine {
  readonly host: string;
  readonly port: number;
}

/** A process has one engine: it is watched once. */
let isWatching = false;

/** Ends this process soon after its engine has gone: no work is begun then, and what is under way is finished. */
export function watchEngine(engine = engineOf(process.argv.slice(2))): void {
  if (isWatching || engine === undefined) return;
  isWatching = true;
  stayConnected(engine, 0);
}

/** The engine's address among the arguments of its dynamic provider; port 0 says that there is none. */
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
