import { z } from "zod";
import { hostOrAddress } from "./addresses";
import { agentIdentity, lineOfText, port } from "./values";

/**
 * How to reach a server over SSH. Has the shape of `@pulumi/command`'s ConnectionArgs, with more ways to keep secrets out
 * of the state.
 */
export const connection = z.strictObject({
  /** Host name or address to connect to. */
  host: hostOrAddress,
  /** TCP port. @default 22 */
  port: port.optional(),
  /** Log-in name. @default "root" */
  user: lineOfText.optional(),
  /** Password, offered as `password` and as `keyboard-interactive`. */
  password: z.string().optional(),
  /** Name of an environment variable that holds the password. Read on use, never stored. */
  passwordEnv: lineOfText.optional(),
  /** Private key text: as OpenSSH writes it, as PEM or as PKCS #8. */
  privateKey: z.string().optional(),
  /** Path of a private key file. Read on use, never stored. */
  privateKeyFile: lineOfText.optional(),
  /** Name of an environment variable that holds a private key. Read on use, never stored. */
  privateKeyEnv: lineOfText.optional(),
  /** Passphrase of an encrypted private key. */
  privateKeyPassword: z.string().optional(),
  /** Path of an SSH agent's socket. @default the value of SSH_AUTH_SOCK when no other credential is given */
  agentSocketPath: lineOfText.optional(),
  /**
   * The one key of the agent to use: its public key, or its fingerprint as `ssh-add -l` shows it.
   * @default every key of the agent is tried
   */
  identity: agentIdentity.optional(),
  /** The server's public key as in `authorized_keys` or `known_hosts`. @default looked up in `~/.ssh/known_hosts` */
  hostKey: z.string().optional(),
  /** Connect without checking the server's key. @default false */
  insecureSkipHostKeyCheck: z.boolean().optional(),
  /** Number of attempts when a dial is refused or times out; -1 means no limit. @default 10 */
  dialErrorLimit: z.int().optional(),
  /** Seconds that one dial may take, log-in included; 0 means no limit. @default 15 */
  perDialTimeout: z.number().min(0).optional(),
  /** Bastion through which the connection is made. It may have a bastion of its own. */
  get proxy(): z.ZodOptional<typeof connection> {
    return connection.optional();
  },
});

export type Connection = z.output<typeof connection>;
/** One log-in on the way to a server: a bastion, or the server itself. */
export type ConnectionHop = Omit<Connection, "proxy">;
