import { z } from "zod";
import type { Server } from "../server";
import { inRegister } from "./paths";
import { registerOf } from "./register";
import { parseEntry } from "./server-record";

// A gate announces the feeding links of its topology on the servers that will store them, and then looks again at what
// others hold or have announced. Of two gates that break a rule together, at least one sees the other.

const announcement = z.object({
  format: z.literal(1),
  /** Organization, project and stack. */
  owner: z.string(),
  /** Name of the gate in the stack. */
  resource: z.string(),
  /** Whether the stack declares that the server hosts no accounts and only answers DNS. */
  nameserver: z.boolean(),
  links: z.array(
    z.object({
      address: z.string(),
      /** Another stack may know the server only by this address. */
      publicAddress: z.string().optional(),
      role: z.enum(["sync", "write-only"]),
    }),
  ),
});

export type AnnouncedLinks = z.output<typeof announcement>;

/** An announcement as found. */
export interface Announcement extends AnnouncedLinks {
  id: string;
  /** Unchanged as long as its run gives no sign of life. */
  sign: string;
}

export function announcementFile(id: string): string {
  return `links.${id}.json`;
}

export async function readAnnouncements(server: Server): Promise<Announcement[]> {
  const register = registerOf(server);
  const ids = (await register.names()).flatMap(
    (name) => /^links\.([0-9a-f]{16})\.json$/.exec(name)?.[1] ?? [],
  );
  const found = await Promise.all(ids.map((id) => readAnnouncement(server, id)));
  return found.flatMap((each) => each ?? []);
}

/** Reads the text of a gate's announcement; undefined if it has made none. */
export function announcementText(server: Server, id: string): Promise<string | undefined> {
  return registerOf(server).read(announcementFile(id));
}

export function textOfAnnouncement(content: AnnouncedLinks): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Writes the text of an announcement; removes the announcement if there is no text. */
export function announce(server: Server, id: string, text: string | undefined): Promise<void> {
  const name = announcementFile(id);
  return text === undefined ? registerOf(server).remove([name]) : registerOf(server).put(name, text);
}

/** Gives a sign of life, by which others see that the run goes on. */
export async function renewAnnouncement(server: Server, id: string): Promise<void> {
  const files = await server.files();
  await files.refresh(inRegister(announcementFile(id)));
}

async function readAnnouncement(server: Server, id: string): Promise<Announcement | undefined> {
  const name = announcementFile(id);
  const files = await server.files();
  const [text, status] = await Promise.all([files.read(inRegister(name)), files.stat(inRegister(name))]);
  if (text === undefined) return undefined;
  const content = parseEntry(server, announcement, { name, text });
  return { ...content, id, sign: `${status?.modified} ${text}` };
}
