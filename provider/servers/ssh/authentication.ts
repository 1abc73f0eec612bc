import type { AnyAuthMethod, BaseAgent } from "ssh2";
import type { SshCredentials } from "../credentials";
import type { ErrorReporter } from "../errors";
import { withCertificate } from "./certificates/user-certificate";
import { readPrivateKey } from "./private-key";

export interface Authentication {
  /** Called by ssh2 for the next method to try; false if none is left. */
  next(methodsLeft: readonly string[] | null): AnyAuthMethod | false;
  /** Methods offered so far, a certificate as one of its own. */
  offered: string[];
}

/** Credentials whose agent has been asked for the chosen key. */
export interface LoginCredentials extends SshCredentials {
  agent: BaseAgent | undefined;
}

/**
 * Offers each credential once: certificate, private key, agent, password, and the password again if the server asks for it as
 * keyboard-interactive. Skips methods that the server doesn't accept, so as not to spend one of its few tries.
 *
 * @param keyPlace where the private key comes from
 * @throws ServerError `missing-credential` or `invalid-value` for a private key or certificate that can't be used
 */
export function authentication(
  user: string,
  credentials: LoginCredentials,
  keyPlace: string,
  reporter: ErrorReporter,
): Authentication {
  const methods = [...keyMethods(user, credentials, keyPlace, reporter), ...otherMethods(user, credentials)];
  const offered: string[] = [];
  return {
    offered,
    next(methodsLeft) {
      let method = methods.shift();
      while (method && !isTaken(method.method, methodsLeft)) method = methods.shift();
      if (method) offered.push(method.name);
      return method?.method ?? false;
    },
  };
}

interface NamedMethod {
  /** What it is called in errors. */
  readonly name: string;
  readonly method: AnyAuthMethod;
}

function keyMethods(
  username: string,
  credentials: LoginCredentials,
  keyPlace: string,
  reporter: ErrorReporter,
): NamedMethod[] {
  if (!credentials.privateKey) return [];
  const key = readPrivateKey(credentials, reporter);
  const { certificate } = credentials;
  const certified = certificate && withCertificate(key, certificate, keyPlace, reporter);
  const alone: NamedMethod = { name: "publickey", method: { type: "publickey", username, key } };
  if (!certified) return [alone];
  return [{ name: "certificate", method: { type: "publickey", username, key: certified } }, alone];
}

function otherMethods(username: string, { agent, password: secret }: LoginCredentials): NamedMethod[] {
  const methods: AnyAuthMethod[] = [];
  const password = secret?.reveal();
  if (agent !== undefined) methods.push({ type: "agent", username, agent });
  if (password !== undefined) {
    methods.push({ type: "password", username, password });
    methods.push({
      type: "keyboard-interactive",
      username,
      prompt: (...[, , , prompts, finish]) => finish(prompts.map(() => password)),
    });
  }
  return methods.map((method) => ({ name: method.type, method }));
}

function isTaken(method: AnyAuthMethod, methodsLeft: readonly string[] | null): boolean {
  return methodsLeft === null || methodsLeft.includes(method.type === "agent" ? "publickey" : method.type);
}
