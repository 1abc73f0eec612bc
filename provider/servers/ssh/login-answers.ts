import type { Client } from "ssh2";

/** Called with the methods that a server takes next, and whether it has accepted the last one and wants another as well. */
type Note = (methodsLeft: readonly string[], isPart: boolean) => void;

/** The part of ssh2 that takes a server's answers to a log-in. */
interface Protocol {
  readonly _handlers: {
    USERAUTH_FAILURE?: (protocol: unknown, methodsLeft: string[], isPart: boolean) => void;
  };
}

/**
 * Follows all answers to a log-in, until one accepts it. ssh2 passes on none of those to the keys of an agent: not even
 * that one was accepted and a second factor is wanted.
 */
export function followAnswers(client: Client, note: Note): void {
  const { _handlers: handlers } = (client as Client & { _protocol: Protocol })._protocol;
  const handle = handlers.USERAUTH_FAILURE;
  handlers.USERAUTH_FAILURE = (protocol, methodsLeft, isPart) => {
    note(methodsLeft, isPart);
    handle?.(protocol, methodsLeft, isPart);
  };
}
