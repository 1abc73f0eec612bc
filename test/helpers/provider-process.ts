import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import * as client from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { providerText, type DynamicType } from "../../provider/resources/dynamic";
import type { ServersInput } from "../../provider/schema/server";

const quickProvider = require.resolve("./quick-provider.cjs");

type Properties = Record<string, JavaScriptValue>;

export interface CreatedResource {
  id: string;
  properties: Properties;
}

/**
 * The process that the engine starts for dynamic resources, spoken to over its own gRPC as the engine does it. It runs
 * the compiled package, which it finds by name from the repository's root.
 */
export class ProviderProcess {
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly provider: client.ResourceProviderClient,
    private readonly lines: string[],
  ) {
    this.ended = once(child, "exit");
  }

  /**
   * Starts a process with the configuration that a `whm.Provider` sends.
   *
   * @param flags flags of Node
   * @param engine address of the engine that the process serves; by default there is none
   */
  static async start(
    configuration: Record<string, string>,
    flags: readonly string[] = [],
    engine = "127.0.0.1:0",
  ): Promise<ProviderProcess> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const child = spawn(process.execPath, ["--require", quickProvider, ...flags, script, engine], {
      cwd: `${__dirname}/../..`,
      env: process.env,
    });
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    child.stderr.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
    const dead = once(child, "close").then(() => {
      throw new Error(`The provider process has ended: ${lines.join("")}`);
    });
    const [port] = (await Promise.race([once(output, "line"), dead])) as [string];
    dead.catch(() => undefined);
    output.on("line", (line) => lines.push(line));
    const address = `127.0.0.1:${port}`;
    const provider = new client.ResourceProviderClient(address, grpc.credentials.createInsecure());
    const started = new ProviderProcess(child, provider, lines);
    await started.configure(configuration);
    return started;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Everything that the process has printed. */
  printed(): string {
    return this.lines.join("\n");
  }

  /** Waits for a text among what is printed: it comes through a pipe of its own, often after the reply. */
  async prints(text: string): Promise<void> {
    for (let tries = 0; tries < 100 && !this.printed().includes(text); tries += 1) await pause(50);
    expect(this.printed()).toContain(text);
  }

  async stop(): Promise<void> {
    this.provider.close();
    this.kill();
    await this.ended;
  }

  /** Ends it in the middle of whatever it does. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** Whether it ends by itself within some milliseconds. */
  async endsWithin(ms: number): Promise<boolean> {
    const stopped = new AbortController();
    const late = pause(ms, false, { signal: stopped.signal }).catch(() => false);
    return Promise.race([this.ended.then(() => true), late]).finally(() => stopped.abort());
  }

  /** Failures of a check, or the checked inputs; `olds` are the inputs that the resource has. */
  async check(
    type: DynamicType,
    news: Properties,
    olds: Properties = {},
  ): Promise<{ inputs: Properties; failures: messages.CheckFailure.AsObject[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(withProvider(type, news));
    const reply = await call<messages.CheckResponse>((done) => this.provider.check(request, done));
    return { inputs: properties(reply.getInputs()), failures: reply.toObject().failuresList };
  }

  /** Names that need a replacement, and whether the provider says that something changed. */
  async diff(
    type: DynamicType,
    olds: CreatedResource,
    news: Properties,
  ): Promise<{ changes: number; replaces: string[] }> {
    const reply = await this.ask(type, olds, news);
    return { changes: reply.getChanges(), replaces: reply.getReplacesList() };
  }

  /** Whether a replacement begins with the deletion of what is there. */
  async deletesFirst(type: DynamicType, olds: CreatedResource, news: Properties): Promise<boolean> {
    return (await this.ask(type, olds, news)).getDeletebeforereplace();
  }

  private ask(type: DynamicType, olds: CreatedResource, news: Properties): Promise<messages.DiffResponse> {
    const request = new messages.DiffRequest();
    request.setId(olds.id);
    request.setOlds(Struct.fromJavaScript(olds.properties));
    request.setNews(withProvider(type, news));
    return call<messages.DiffResponse>((done) => this.provider.diff(request, done));
  }

  async create(type: DynamicType, news: Properties): Promise<CreatedResource> {
    const request = new messages.CreateRequest();
    request.setProperties(withProvider(type, news));
    const reply = await call<messages.CreateResponse>((done) => this.provider.create(request, done));
    return { id: reply.getId(), properties: properties(reply.getProperties()) };
  }

  /** Undefined when the resource is gone. */
  async read(old: CreatedResource): Promise<(CreatedResource & { inputs: Properties }) | undefined> {
    const request = new messages.ReadRequest();
    request.setId(old.id);
    request.setProperties(Struct.fromJavaScript(old.properties));
    const reply = await call<messages.ReadResponse>((done) => this.provider.read(request, done));
    if (reply.getId() === "") return undefined;
    return {
      id: reply.getId(),
      properties: properties(reply.getProperties()),
      inputs: properties(reply.getInputs()),
    };
  }

  async update(type: DynamicType, old: CreatedResource, news: Properties): Promise<CreatedResource> {
    const request = new messages.UpdateRequest();
    request.setId(old.id);
    request.setOlds(Struct.fromJavaScript(old.properties));
    request.setNews(withProvider(type, news));
    const reply = await call<messages.UpdateResponse>((done) => this.provider.update(request, done));
    return { id: old.id, properties: properties(reply.getProperties()) };
  }

  async delete(old: CreatedResource): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(old.id);
    request.setProperties(Struct.fromJavaScript(old.properties));
    await call((done) => this.provider.delete(request, done));
  }

  private async configure(configuration: Record<string, string>): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(configuration));
    await call((done) => this.provider.configure(request, done));
  }
}

/** What the engine gets when a resource exists but is not as it should be: it is saved and repaired later. */
export function savedResource(error: unknown): CreatedResource | undefined {
  const [details] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  if (!(details instanceof Buffer)) return undefined;
  // The status message holds the failure as the only entry of its list of details.
  const status = statusMessages.Status.deserializeBinary(details);
  const failure = messages.ErrorResourceInitFailed.deserializeBinary(
    status.getDetailsList()[0]!.getValue_asU8(),
  );
  return { id: failure.getId(), properties: properties(failure.getProperties()) };
}

const statusMessages = jest.requireActual<{
  Status: { deserializeBinary(bytes: Uint8Array): { getDetailsList(): { getValue_asU8(): Uint8Array }[] } };
}>("@pulumi/pulumi/proto/status_pb");

/** The name that a resource has when its inputs give none. */
export function usualName(type: DynamicType): string {
  return `organization/project/stack/${type}`;
}

function withProvider(type: DynamicType, news: Properties): Struct {
  return Struct.fromJavaScript({ logicalName: usualName(type), ...news, __provider: providerText(type) });
}

function properties(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function call<Reply>(
  send: (done: (error: grpc.ServiceError | null, reply: Reply) => void) => unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    send((error, reply) => (error ? reject(error) : resolve(reply)));
  });
}

/** The words of the engine's protocol for the answer to a diff; `unknown` has the engine compare the inputs itself. */
export const changes = { unknown: 0, none: 1, some: 2 } as const;

/** A function that starts provider processes which know these servers; all of them are stopped after each test. */
export function providerProcesses(): (servers: ServersInput) => Promise<ProviderProcess> {
  const processes: ProviderProcess[] = [];
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.stop()));
  });
  return async (servers) => {
    const started = await ProviderProcess.start({ "whm:servers": JSON.stringify(servers) });
    processes.push(started);
    return started;
  };
}
