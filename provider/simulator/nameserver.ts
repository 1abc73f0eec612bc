import type { ServerFiles } from "./server-files";

/** Nameserver software of a server. */
export const nameservers = ["bind", "powerdns", "disabled"] as const;
export type Nameserver = (typeof nameservers)[number];

const powerdnsFlag = "/var/cpanel/usepowerdns";
const configuration = "/var/cpanel/cpanel.config";
const setting = /^local_nameserver_type=(.*)$/m;

/** Returns the nameserver in the server's own configuration. */
export function nameserverOf(files: ServerFiles): Nameserver {
  const name = setting.exec(files.readText(configuration) ?? "")?.[1];
  return nameservers.find((known) => known === name) ?? "bind";
}

/** Changes the nameserver. */
export function chooseNameserver(files: ServerFiles, name: Nameserver): void {
  const text = files.readText(configuration) ?? "";
  files.writeText(configuration, text.replace(setting, `local_nameserver_type=${name}`));
  if (name === "powerdns") files.writeText(powerdnsFlag, "");
  else if (files.find(powerdnsFlag)) files.removeTree(powerdnsFlag);
}
