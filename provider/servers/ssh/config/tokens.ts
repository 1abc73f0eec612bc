import { ConfigError } from "./config-error";

/** Values of OpenSSH's tokens by their letter: `%h` is the host. */
export type Tokens = Readonly<Partial<Record<string, string>>>;

/** Replaces `%h` and the like. */
export function expandTokens(text: string, tokens: Tokens): string {
  return text.replace(/%(.?)/gs, (token, letter: string) => {
    if (letter === "%") return "%";
    const value = tokens[letter];
    if (value !== undefined) return value;
    throw new ConfigError(`${token} in ${text} of ssh_config is not known here`, "Write its value instead.");
  });
}

/** Returns what the environment holds under a name. */
export function variable(name: string): string | undefined {
  return process.env[name];
}

/** Replaces `${NAME}` by what the environment holds. */
export function expandVariables(text: string): string {
  return text.replace(/\$\{([^}]*)\}/g, (written, name: string) => {
    const value = variable(name);
    if (value !== undefined) return value;
    throw new ConfigError(`${written} in ${text} of ssh_config is not set`, "Set it, or write its value.");
  });
}
