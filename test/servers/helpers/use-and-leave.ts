import { ServerRegistry } from "../../../provider/servers";

// Uses a server and leaves its connections open: a program of its own, to see whether they keep a process alive.
const directory = new ServerRegistry(
  JSON.parse(process.env["SERVERS"] ?? "{}") as ConstructorParameters<typeof ServerRegistry>[0],
);

async function use(): Promise<void> {
  const server = directory.get("ns1");
  const { stdout } = await server.run(["echo", "done"]);
  const channel = await server.openChannel("127.0.0.1", Number(process.env["PORT"]));
  channel.destroy();
  process.stdout.write(stdout);
}

void use();
