import { nameserverOf } from "../nameserver";
import { Refusal } from "../refusal";
import type { SimulatedServer } from "../simulated-server";
import type { ApiFunction } from "./function";

/** `servicestatus`: `running` is left out for a service that is not monitored. */
export const servicestatus: ApiFunction = {
  name: "servicestatus",
  write: false,
  target: (parameters) => parameters.get("service") ?? "",
  run: ({ server, parameters }) => {
    const wanted = parameters.get("service");
    const services = servicesOf(server).filter((service) => wanted === undefined || service.name === wanted);
    if (services.length === 0) throw new Refusal(`Unknown service: ${wanted ?? ""}`);
    return { service: services };
  },
};

interface Service {
  readonly name: string;
  readonly display_name: string;
  readonly enabled: 0 | 1;
  readonly installed: 0 | 1;
  readonly monitored: 0 | 1;
  readonly running?: 0 | 1;
}

function servicesOf({ files }: SimulatedServer): Service[] {
  const nameserver = nameserverOf(files);
  const answers = nameserver === "disabled" ? 0 : 1;
  return [
    { name: "cpsrvd", display_name: "cPanel Daemon", enabled: 1, installed: 1, monitored: 1, running: 1 },
    // dnsadmin sleeps until it is needed, so it is not monitored.
    { name: "dnsadmin", display_name: "cPanel DNS Admin Cache", enabled: 1, installed: 1, monitored: 0 },
    {
      name: "named",
      display_name: nameserver === "powerdns" ? "PowerDNS" : "BIND",
      enabled: answers,
      installed: 1,
      monitored: answers,
      ...(answers ? { running: 1 } : {}),
    },
    { name: "sshd", display_name: "SSH Daemon", enabled: 1, installed: 1, monitored: 1, running: 1 },
  ];
}
