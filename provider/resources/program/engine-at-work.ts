import * as pulumi from "../sdk";

interface Monitor {
  /** Absent under mocks. */
  getChannel?(): { getTarget(): string };
}

/**
 * Whether a call to the engine is on its way: it is making something of the program, and whatever the program does with
 * the result is still to come. The connection to the engine keeps the process alive exactly as long as a call lasts.
 */
export function isEngineAtWork(): boolean {
  const port = enginePort();
  return port !== undefined && openSockets().some(({ remotePort }) => remotePort === port);
}

/** The client through which the program speaks to the engine, or what stands for it under mocks. */
export function engineMonitor(): Monitor | undefined {
  return pulumi.getMonitor() as Monitor | undefined;
}

/** Whether an engine runs the program; under mocks, in a program's unit tests, none does. */
export function isRunByEngine(): boolean {
  return engineMonitor()?.getChannel !== undefined;
}

/** Whether this process is the one in which the engine's command line runs a program, in the program's folder. */
export function isProgramHost(): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "");
}

function enginePort(): number | undefined {
  const target = engineMonitor()?.getChannel?.().getTarget();
  const port = /:(\d+)$/.exec(target ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Node documents only how many of them there are; where it does not tell more, nothing is known. */
function openSockets(): { remotePort?: unknown }[] {
  const node = process as unknown as { _getActiveHandles?(): object[] };
  return node._getActiveHandles?.() ?? [];
}
