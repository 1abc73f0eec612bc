import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment or an issue; the fields that GitHub and GitLab have for the same are both there. */
export interface Entry {
  readonly id: number;
  readonly number: number;
  /** The list that it was put in. */
  readonly list: string;
  readonly user: { readonly login: string };
  readonly author: { readonly id: number };
  readonly title?: string;
  readonly labels?: readonly string[];
  readonly body: string;
}

const pageLength = 2;

/** A server on loopback that keeps comments and issues as the interfaces of GitHub and GitLab do. */
export class Forge {
  /** Who the token belongs to, by both. */
  static readonly self = { user: { login: "github-actions[bot]" }, author: { id: 4 } };

  readonly entries: Entry[] = [];
  private readonly server: Server;

  /** @param token what has to be shown at every request */
  constructor(readonly token: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts something there that somebody has written. */
  put(list: string, fields: Partial<Entry> & Pick<Entry, "body">): Entry {
    const number = this.entries.length + 1;
    const entry = { id: number, number, list, ...Forge.self, ...fields };
    this.entries.push(entry);
    return entry;
  }

  /** What lies in a list. */
  in(list: string): Entry[] {
    return this.entries.filter((entry) => entry.list === list);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization, "private-token": privateToken } = request.headers;
    const shown = [authorization, privateToken].flat();
    if (!shown.includes(`token ${this.token}`) && !shown.includes(this.token))
      return reply(response, 401, {});
    const url = new URL(request.url!, this.address);
    if (request.method === "GET")
      return url.pathname === "/user" ? reply(response, 200, Forge.self.author) : this.list(url, response);
    const fields = JSON.parse(await textOf(request)) as Entry;
    if (request.method === "POST") return reply(response, 201, this.put(url.pathname, fields));
    return this.change(url, fields, response);
  }

  private list({ pathname, searchParams }: URL, response: ServerResponse): void {
    const label = searchParams.get("labels");
    const page = Number(searchParams.get("page") ?? 1);
    const all = this.in(pathname).filter(({ labels }) => label === null || labels?.includes(label));
    const next = all.length > page * pageLength ? String(page + 1) : "";
    response.setHeader("x-next-page", next);
    reply(response, 200, all.slice((page - 1) * pageLength, page * pageLength));
  }

  private change({ pathname }: URL, fields: Partial<Entry>, response: ServerResponse): void {
    const at = this.entries.findIndex(({ id }) => pathname.endsWith(`/${id}`));
    const entry = this.entries[at];
    if (!entry) return reply(response, 404, {});
    this.entries[at] = { ...entry, ...fields };
    reply(response, 200, this.entries[at]);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function reply(response: ServerResponse, status: number, data: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(data));
}
