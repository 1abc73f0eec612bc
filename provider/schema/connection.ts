import { z } from "zod";
import { hostOrAddress } from "./addresses";
import { agentIdentity, lineOfText, port } from "./values";

const hop = z.strictObject({
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
  /** Certificate of the private key, or of a key of the agent: the text of a `-cert.pub` file. */
  certificate: z.string().optional(),
  /**
   * Path of a certificate file. Read on use, never stored.
   * @default the file beside `privateKeyFile` whose name ends with `-cert.pub`, if there is one
   */
  certificateFile: lineOfText.optional(),
  /** Path of an SSH agent's socket. @default the value of SSH_AUTH_SOCK when no other credential is given */
  agentSocketPath: lineOfText.optional(),
  /**
   * The one key of the agent to use: its public key, its certificate, or its fingerprint as `ssh-add -l` shows it.
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
  /**
   * Looks `host` up in OpenSSH's client configuration: `true` for `~/.ssh/config` and `/etc/ssh/ssh_config`, or the path
   * of a file. What the connection says itself wins. Read on use, never stored. @default false
   */
  sshConfig: z.union([z.boolean(), lineOfText], "must be true, or the path of an ssh_config file").optional(),
  /**
   * Reach files and run commands as root through `sudo -n`, for a login that is not root. A bastion needs none.
   * @default false
   */
  sudo: z.boolean().optional(),
});

/** One log-in on the way to a server: a bastion, or the server itself. */
export type ConnectionHop = z.output<typeof hop>;

/** How to reach a server over SSH. */
export interface Connection extends z.output<typeof hop> {
  /** Bastion through which the connection is made. It may have a bastion of its own. */
  proxy?: Connection | undefined;
}

/** Said here, because the schema holds itself. */
type ConnectionSchema = z.ZodType<Connection, Connection> & {
  readonly shape: Readonly<Record<string, z.ZodType>>;
};

/**
 * How to reach a server over SSH. Has the shape of `@pulumi/command`'s ConnectionArgs, with more ways to keep secrets out
 * of the state.
 */
export const connection: ConnectionSchema = hop.extend({
  get proxy() {
    return connection.optional();
  },
});
