import type { Socket } from "node:net";
import fc from "fast-check";
import { Secret } from "../../provider/servers";
import { ErrorReporter } from "../../provider/servers/errors";
import { HttpsTransport } from "../../provider/servers/whm/https-transport";
import { secureConnect } from "../../provider/servers/whm/secure-connect";
import { type HttpsHost, startHttpsHost } from "../servers/helpers/https-host";
import { endOf, flood, raw } from "./helpers/fuzz-host";

jest.setTimeout(60_000);

/** Printed with a failure, so that it can be run again. */
const run = { seed: 20_250_321, numRuns: 40 };
const deadlineSeconds = 2;
const token = "PLANTEDTOKEN0123456789ABCDEFGHIJ";
const good = '{"data":{"version":"11.1"},"metadata":{"result":1}}';
const json = ["HTTP/1.1 200 OK", "content-type: application/json"];

type Reply = (socket: Socket) => unknown;

const bytes =
  (reply: Buffer, then: "close" | "stay" = "close"): Reply =>
  (socket) =>
    then === "close" ? socket.end(reply) : socket.write(reply);

/** Replies that must end in an error, and for a change in not knowing whether it happened. */
const broken: [string, Reply][] = [
  ["nothing at all", (socket) => socket.end()],
  ["nothing, for ever", () => undefined],
  ["a cut connection", (socket) => socket.destroy()],
  ["half a head", bytes(Buffer.from("HTTP/1.1 200 OK\r\ncontent-"))],
  ["half a body", bytes(raw([...json, `content-length: ${good.length}`], good.slice(0, 20)))],
  [
    "half a body, and then silence",
    bytes(raw([...json, `content-length: ${good.length}`], good.slice(0, 20)), "stay"),
  ],
  ["a length that is too long", bytes(raw([...json, "content-length: 1000"], good), "stay")],
  ["a length that is too short", bytes(raw([...json, "content-length: 10"], good))],
  ["a length that is no number", bytes(raw([...json, "content-length: many"], good))],
  ["a negative length", bytes(raw([...json, "content-length: -1"], good))],
  ["two lengths", bytes(raw([...json, "content-length: 5", "content-length: 51"], good))],
  ["an enormous length", bytes(raw([...json, "content-length: 99999999999999999999"], good))],
  ["an empty body", bytes(raw([...json, "content-length: 0"]))],
  ["chunks that are none", bytes(raw([...json, "transfer-encoding: chunked"], "zz\r\nxx\r\n"))],
  [
    "a chunk that never ends",
    bytes(raw([...json, "transfer-encoding: chunked"], `fffffff\r\n${good}`), "stay"),
  ],
  ["no HTTP", bytes(Buffer.from("SSH-2.0-OpenSSH_9.6\r\n"))],
  ["bytes without a meaning", bytes(Buffer.from(Array.from({ length: 512 }, (_, at) => (at * 37) & 255)))],
  ["an invalid status", bytes(raw(["HTTP/1.1 9999 No", "content-length: 2"], "{}"))],
  [
    "a switch of protocols",
    bytes(raw(["HTTP/1.1 101 Switching", "upgrade: x", "connection: upgrade"]), "stay"),
  ],
  ["interim replies without end", (socket) => flood(socket, raw(["HTTP/1.1 100 Continue"]))],
  ["a head without end", (socket) => flood(socket, Buffer.from(`x-${"y".repeat(4000)}: z\r\n`))],
  [
    "headers without end",
    (socket) => socket.write(json.join("\r\n")) && flood(socket, Buffer.from("\r\na: b")),
  ],
  ["a body that trickles", (socket) => trickle(socket, raw([...json, "content-length: 100000"]))],
  ["no content", bytes(raw(["HTTP/1.1 204 No Content"]))],
  [
    "bytes that are no UTF-8",
    bytes(raw([...json, "content-length: 6"], Buffer.from([123, 255, 254, 192, 128, 34]))),
  ],
  ["UTF-16", bytes(raw([...json, "content-length: 102"], Buffer.from(good, "utf16le")))],
  [
    "an encoding that it did not ask for",
    bytes(raw([...json, "content-encoding: gzip", "content-length: 4"], "\x1f\x8b\x08\x00")),
  ],
];

/** Replies that are an answer: whether a change happened is known. */
const refusing: [string, Reply][] = [
  [
    "a redirect to another place",
    bytes(raw(["HTTP/1.1 302 Found", "location: https://127.0.0.1:1/", "content-length: 6"], "<html>")),
  ],
  ["a page", bytes(raw(["HTTP/1.1 200 OK", "content-length: 13"], "<html></html>"))],
  ["a page in place of an error", bytes(raw(["HTTP/1.1 500 No", "content-length: 13"], "<html></html>"))],
  ["an empty list", bytes(raw([...json, "content-length: 2"], "[]"))],
  ["null", bytes(raw([...json, "content-length: 4"], "null"))],
];

describe("replies over HTTPS", () => {
  let host: HttpsHost;
  /** What the function of this name answers. */
  const replies = new Map<string, Reply>();
  const transports: HttpsTransport[] = [];

  beforeAll(async () => {
    host = await startHttpsHost(
      (_response, { path }, request) => void replies.get(path.replace("/json-api/", ""))?.(request.socket),
    );
  });
  afterEach(async () => {
    host.calls.length = 0;
    await Promise.all(transports.splice(0).map((transport) => transport.close()));
  });
  afterAll(() => host.stop());

  let count = 0;
  const call = async (reply: Reply, mutation: boolean) => {
    const transport = new HttpsTransport({
      reporter: new ErrorReporter("ns1"),
      authority: `127.0.0.1:${host.port}`,
      user: "root",
      token: () => Promise.resolve(new Secret(token)),
      deadlineSeconds,
      connect: () =>
        secureConnect({ host: "127.0.0.1", port: host.port, tls: { insecureSkipTlsVerify: true } }),
    });
    transports.push(transport);
    const name = `function_${(count += 1)}`;
    replies.set(name, reply);
    const end = await endOf(transport.call("ask", name, {}, { mutation }));
    expect(end.error.message).not.toContain(token);
    return { ...end, calls: host.calls.filter(({ path }) => path === `/json-api/${name}`).length };
  };
  /** All at the same time: most of them are waited for. */
  const all = (mutation: boolean) =>
    Promise.all(broken.map(async ([name, reply]) => ({ name, ...(await call(reply, mutation)) })));

  test("[I] a read with a broken reply fails with a clear error before its deadline", async () => {
    for (const { name, error, milliseconds } of await all(false)) {
      expect([name, error.code]).toEqual([
        name,
        expect.stringMatching(/^(connection-lost|timed-out|unexpected-reply)$/),
      ]);
      expect([name, milliseconds < (deadlineSeconds + 8) * 1000]).toEqual([name, true]);
    }
  });

  test("[I] a change with a broken reply is sent once and counts as uncertain", async () => {
    for (const { name, error, calls } of await all(true))
      expect({ name, code: error.code, calls }).toEqual({ name, code: "reply-lost", calls: 1 });
  });

  test.each(refusing)("[I] %s is an error, and redirects are not followed", async (_name, reply) => {
    for (const mutation of [false, true])
      expect(await call(reply, mutation)).toMatchObject({ error: { code: "unexpected-reply" }, calls: 1 });
  });

  test.each(["401 Unauthorized", "403 Forbidden"])(
    "[I] %s stops at once, whatever the reply contains",
    async (status) => {
      const bodies = ["", good, "<html>", "\0", `echo ${token}`];
      for (const body of bodies) {
        const reply = bytes(raw([`HTTP/1.1 ${status}`, `content-length: ${Buffer.byteLength(body)}`], body));
        // A page is none of WHM's answers.
        const code = body === "<html>" ? "unexpected-reply" : "refused-credential";
        expect(await call(reply, false)).toMatchObject({ error: { code }, calls: 1 });
      }
    },
  );

  test.each([
    ["with a declared length", [...json, `content-length: ${2 ** 40}`]],
    ["without a length", [...json]],
    ["of a refused credential", ["HTTP/1.1 403 Forbidden"]],
  ])("[I] an endless body %s is stopped after some tens of megabytes", async (_name, head) => {
    let taken = (): number => 0;
    const reply: Reply = (socket) => {
      socket.write(raw(head));
      taken = flood(socket, Buffer.alloc(64 * 1024, 0x20));
    };
    const { error } = await call(reply, true);
    expect(["reply-lost", "refused-credential"]).toContain(error.code);
    expect(taken()).toBeLessThan(64 * 1024 * 1024);
  });

  test("[I] any bytes cause a clear error", async () => {
    const start = fc.constantFrom(
      "",
      "HTTP/1.1 ",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 200 OK\r\n\r\n",
      "HTTP/1.0 500 x\r\n",
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, rest) => {
        const reply = bytes(Buffer.concat([Buffer.from(head), rest]));
        expect((await call(reply, true)).calls).toBe(1);
      }),
      run,
    );
  });
});

/** A byte now and then, so that no gap is long. */
function trickle(socket: Socket, head: Buffer): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(" "), 50);
  socket.on("close", () => clearInterval(timer)).on("error", () => undefined);
}
