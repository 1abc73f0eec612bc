import * as pulumi from "../sdk";

interface Monitor {
  /** Absent with mocks. */
  getChannel?(): { getTarget(): string };
}

/**
 * Whether a call to the engine is in progress: the engine is making something of the program, which still has to use
 * the result. The connection to the engine keeps the process alive exactly as long as a call lasts.
 */
export function isEngineAtWork(): boolean {
  const port = enginePort();
  return port !== undefined && openSockets().some(({ remotePort }) => remotePort === port);
}

/** Returns the client through which the program calls the engine, or its replacement under mocks. */
export function engineMonitor(): Monitor | undefined {
  return pulumi.getMonitor() as Monitor | undefined;
}

/** Whether an engine runs the program. With mocks, in unit tests of a program, none does. */
export function isRunByEngine(): boolean {
  return engineMonitor()?.getChannel !== undefined;
}

/** Whether this is the process in which the engine's command line runs a program, in the program's folder. */
export function isProgramHost(): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "");
}

function enginePort(): number | undefined {
  const target = engineMonitor()?.getChannel?.().getTarget();
  const port = /:(\d+)$/.exec(target ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Lists the open sockets. Node documents only their number; where it reveals no more, nothing is known. */
function openSockets(): { remotePort?: unknown }[] {
  const node = process as unknown as { _getActiveHandles?(): object[] };
  return node._getActiveHandles?.() ?? [];
}
