import { ConfigError } from "./config-error";

/** A host of `ProxyJump`. */
export interface JumpHost {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/** Parses the value of `ProxyJump`: `[user@]host[:port]` or `ssh://` addresses, with commas between them. */
export function parseJumps(text: string): JumpHost[] {
  return text.toLowerCase() === "none" ? [] : text.split(",").map(parseJump);
}

function parseJump(text: string): JumpHost {
  const match =
    /^(?:ssh:\/\/)?(?:(?<user>[^@\s]+)@)?(?:\[(?<inBrackets>[^\]\s]+)\]|(?<plain>[^:@/\s[\]]+))(?::(?<port>\d{1,5}))?\/?$/.exec(
      text.trim(),
    );
  const { user, inBrackets, plain, port } = match?.groups ?? {};
  const host = inBrackets ?? plain;
  if (host === undefined || Number(port ?? 22) < 1 || Number(port ?? 22) > 65_535)
    throw new ConfigError(`ProxyJump ${text} names no host`, "Write it as [user@]host[:port].");
  return {
    host,
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: Number(port) }),
  };
}
