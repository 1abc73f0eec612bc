import type { Server } from "../schema/server";
import { ApiDoor } from "./api-door";
import type { Certificate, KeyPair } from "./credentials";
import type { FaultOptions } from "./faults";
import type { Network } from "./network";
import type { SimulatedServer } from "./simulated-server";
import { SshDoor } from "./ssh-door";
import type { VirtualFiles } from "./virtual-files";

/** The keys of one server. */
export interface ServerKeys {
  readonly host: KeyPair;
  readonly client: KeyPair;
  readonly certificate: Certificate;
}

/** A server with both doors open. */
export class RunningServer {
  private readonly api: ApiDoor;
  private readonly ssh: SshDoor;

  constructor(
    readonly state: SimulatedServer,
    files: VirtualFiles,
    private readonly keys: ServerKeys,
    private readonly network: Network,
  ) {
    this.api = new ApiDoor(state, keys.certificate, network);
    this.ssh = new SshDoor(state, files, { host: keys.host, client: keys.client.publicKey }, network);
  }

  async start(): Promise<void> {
    await Promise.all([this.api.listener.open(), this.ssh.listener.open()]);
    this.network.add({
      server: this.state,
      apiPort: this.api.listener.port,
      sshPort: this.ssh.listener.port,
    });
  }

  /** Returns the value for `Provider.servers`. */
  value(): Server {
    const { identity, options, providerToken } = this.state;
    const door = { host: "127.0.0.1", user: "root" };
    return {
      type: identity.type,
      address: identity.address,
      hostname: identity.hostname,
      ...given("publicAddress", options.publicAddress),
      ...given("nameserver", options.nameserver),
      ...given("intermediary", options.intermediary),
      connection: {
        ...door,
        port: this.ssh.listener.port,
        privateKey: this.keys.client.privateKey,
        hostKey: this.keys.host.publicKey,
      },
      api: {
        ...door,
        port: this.api.listener.port,
        token: providerToken,
        fingerprint: this.keys.certificate.fingerprint,
      },
    };
  }

  fault(name: string, options: FaultOptions): void {
    this.state.faults.plan(name, options);
    if (this.state.faults.isPlanned("refuse", "api")) this.api.listener.refuse();
    if (this.state.faults.isPlanned("refuse", "ssh")) this.ssh.listener.refuse();
    this.ssh.applyFaults();
  }

  clearFaults(): void {
    this.state.faults.clear();
    this.api.listener.resume();
    this.ssh.listener.resume();
    this.ssh.applyFaults();
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.listener.close(), this.ssh.listener.close()]);
  }
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
