import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { BaseAgent, createAgent, type ParsedKey, type SigningRequestOptions, utils } from "ssh2";
import { parseCertificate } from "./certificates/certificate";
import { certifiedKey } from "./certificates/certified-key";
import { lengthAndBytes, WireReader } from "./wire";

// ssh2 leaves out the certificates that an agent lists. So the agent is asked here (draft-ietf-sshm-ssh-agent). ssh2 finds
// its socket, on Windows too, and has it sign.

const messages = { listKeys: 11, keys: 12 };

/** No agent answers with more bytes. */
const longestAnswer = 262_144;

type Callback<Value> = (error?: Error | null, value?: Value) => void;

/** The agent at a socket. It lists keys, and keys with their certificates. */
export class SocketAgent extends BaseAgent<ParsedKey> {
  private readonly agent: BaseAgent;

  constructor(socket: string) {
    super();
    this.agent = unheld(createAgent(socket));
  }

  getIdentities(callback: Callback<ParsedKey[]>): void {
    this.listed().then(
      (keys) => callback(null, keys),
      (error: Error) => callback(error),
    );
  }

  sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | Callback<Buffer>,
    callback?: Callback<Buffer>,
  ): void {
    if (typeof options === "function") this.agent.sign(key, data, options);
    else this.agent.sign(key, data, options, callback);
  }

  private async listed(): Promise<ParsedKey[]> {
    const stream = await this.connected();
    try {
      stream.write(lengthAndBytes(Buffer.of(messages.listKeys)));
      return keysIn(await answerOf(stream));
    } finally {
      stream.destroy();
    }
  }

  private connected(): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      // Agents that ssh2 makes have this.
      this.agent.getStream!((error, stream) => {
        if (stream) resolve(stream);
        else reject(error ?? new Error("Failed to connect to agent"));
      });
    });
  }
}

/**
 * Whoever asks an agent waits with a deadline of its own. An agent that does not answer by then must not keep the process
 * alive.
 */
function unheld(agent: BaseAgent): BaseAgent {
  const open = agent.getStream?.bind(agent);
  if (open)
    agent.getStream = (callback) => {
      open((error, stream) => {
        if (stream instanceof Socket) stream.unref();
        callback(error, stream);
      });
    };
  return agent;
}

/** Reads one answer: its length, then its kind and fields. */
async function answerOf(stream: Duplex): Promise<WireReader> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    const length = bytes.length < 4 ? 0 : bytes.readUInt32BE();
    if (length > longestAnswer) throw new Error("its answer is none of an SSH agent");
    if (bytes.length >= 4 && bytes.length >= 4 + length) return new WireReader(bytes.subarray(4, 4 + length));
  }
  throw new Error("it closed the connection without an answer");
}

function keysIn(answer: WireReader): ParsedKey[] {
  if (answer.byte() !== messages.keys) throw new Error("it does not list its keys");
  return Array.from({ length: answer.number() }, () => keyIn(answer.bytesOf(), answer.text())).flat();
}

/** Returns a key with its comment; none if it is of a kind that can't be used here. */
function keyIn(blob: Buffer, comment: string): ParsedKey[] {
  const certificate = parseCertificate(blob);
  const key = utils.parseKey(certificate?.key.blob ?? blob);
  if (key instanceof Error) return [];
  key.comment ||= comment;
  return [certificate ? certifiedKey(key, certificate) : key];
}
