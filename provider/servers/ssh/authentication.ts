import type { AnyAuthMethod, BaseAgent } from "ssh2";
import type { SshCredentials } from "../credentials";
import type { ErrorReporter } from "../errors";
import { readPrivateKey } from "./private-key";

export interface Authentication {
  /** Called by ssh2 for the next method to try; false if none is left. */
  next(methodsLeft: readonly string[] | null): AnyAuthMethod | false;
  /** Methods offered so far. */
  offered: string[];
}

/** Credentials whose agent has been asked for the chosen key. */
export interface LoginCredentials extends SshCredentials {
  agent: BaseAgent | string | undefined;
}

/**
 * Offers each credential once: private key, agent, password, and the password again if the server asks for it as
 * keyboard-interactive. Skips methods that the server doesn't accept, so as not to spend one of its few tries.
 *
 * @throws ServerError `missing-credential` or `invalid-value` for a private key that can't be used
 */
export function authentication(
  user: string,
  credentials: LoginCredentials,
  reporter: ErrorReporter,
): Authentication {
  const methods = authMethods(user, credentials, reporter);
  const offered: string[] = [];
  return {
    offered,
    next(methodsLeft) {
      let method = methods.shift();
      while (method && !isTaken(method, methodsLeft)) method = methods.shift();
      if (method) offered.push(method.type);
      return method ?? false;
    },
  };
}

function authMethods(
  username: string,
  credentials: LoginCredentials,
  reporter: ErrorReporter,
): AnyAuthMethod[] {
  const methods: AnyAuthMethod[] = [];
  const { agent } = credentials;
  const password = credentials.password?.reveal();
  if (credentials.privateKey) {
    methods.push({ type: "publickey", username, key: readPrivateKey(credentials, reporter) });
  }
  if (agent !== undefined) methods.push({ type: "agent", username, agent });
  if (password !== undefined) {
    methods.push({ type: "password", username, password });
    methods.push({
      type: "keyboard-interactive",
      username,
      prompt: (...[, , , prompts, finish]) => finish(prompts.map(() => password)),
    });
  }
  return methods;
}

function isTaken(method: AnyAuthMethod, methodsLeft: readonly string[] | null): boolean {
  return methodsLeft === null || methodsLeft.includes(method.type === "agent" ? "publickey" : method.type);
}
