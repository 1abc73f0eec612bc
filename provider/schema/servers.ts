import { z } from "zod";
import { server } from "./server";
import { serverName } from "./values";

/** All servers of a provider by name, with how to reach them: the value of `whm:servers`. */
export const servers = z.record(serverName, server);

export type Servers = z.output<typeof servers>;
/** The same as a user writes it. */
export type ServersInput = z.input<typeof servers>;
