import type { Duplex } from "node:stream";
import { Client, type SFTPWrapper } from "ssh2";
import type { Server } from "../../../provider/schema/server";

export interface ExecOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What may differ from a log-in as the server value says. */
export interface LoginOptions {
  readonly username?: string;
  /** Log in with this instead of the key. */
  readonly password?: string;
  readonly readyTimeout?: number;
}

/** Logs in with the key of the server value and checks the host key that it names. */
export function login({ connection }: Server, options: LoginOptions = {}): Promise<Client> {
  const expected = Buffer.from(connection?.hostKey?.split(" ")[1] ?? "", "base64");
  const credential = options.password === undefined ? { privateKey: connection?.privateKey ?? "" } : {};
  const client = new Client();
  return new Promise((resolve, reject) => {
    client.once("ready", () => resolve(client.setNoDelay(true))).on("error", reject);
    client.connect({
      host: connection?.host ?? "",
      port: connection?.port ?? 0,
      username: "root",
      ...credential,
      hostVerifier: (key: Buffer) => key.equals(expected),
      ...options,
    });
  });
}

/** Resolves when a connection is gone, however it ended. */
export function closeOf(client: Client): Promise<void> {
  return new Promise((resolve) => client.on("error", () => undefined).once("close", () => resolve()));
}

export function exec(client: Client, command: string): Promise<ExecOutcome> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) return reject(error);
      let [stdout, stderr, code] = ["", "", null as number | null];
      channel.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      channel.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      channel.on("exit", (status: number) => (code = status));
      channel.on("close", () => resolve({ code, stdout, stderr }));
    });
  });
}

export function openSftp(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) =>
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))),
  );
}

export function forwardTo(client: Client, host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) =>
    client.forwardOut("127.0.0.1", 0, host, port, (error, channel) =>
      error ? reject(error) : resolve(channel),
    ),
  );
}

/** Turns a callback function of ssh2 into a promise: `ask((done) => sftp.rmdir(path, done))`. */
export function ask(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

/** The same for a function that gives something back: `askFor<Stats>((done) => sftp.stat(path, done))`. */
export function askFor<Value>(
  start: (done: (error: Error | undefined | null, value: Value) => void) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
}
