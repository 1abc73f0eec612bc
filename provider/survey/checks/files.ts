import {
  hostMark,
  installedVersion,
  isDnsonly,
  isServerError,
  registerOf,
  type Recognition,
  type Server,
  type ServerError,
} from "../../servers";
import { productOf } from "../../topology";
import { isSupported } from "../../topology/model/version";
import { isVersion } from "../versions";
import { failed, failedBy, judged, ok, warning, type CheckResult } from "./check";
import type { Found } from "./names";
import { checkRegister } from "./register";

/** What a server's files say about it. */
export interface FileFacts {
  readonly product?: "cpanel" | "dnsonly";
  readonly version?: string | undefined;
  readonly hostname?: string | undefined;
  /** Tells machines apart; undefined for a machine that says too little about itself. */
  readonly mark?: string | undefined;
}

export interface FileLook {
  readonly found: Found;
  readonly facts: FileFacts;
}

/** Checks what the files of a server say: that WHM is there, which product and version, and the register. */
export async function checkFiles(server: Server): Promise<FileLook> {
  try {
    return await look(server, await recognised(server));
  } catch (error) {
    if (isServerError(error)) return { found: { files: failedBy(error) }, facts: {} };
    throw error;
  }
}

/** Recognises a server. A register that speaks against it is no reason to look no further. */
async function recognised(server: Server): Promise<Recognition | ServerError> {
  try {
    return await registerOf(server).recognise();
  } catch (error) {
    if (isServerError(error, "another-server", "damaged-register")) return error;
    throw error;
  }
}

async function look(server: Server, recognition: Recognition | ServerError): Promise<FileLook> {
  const isKnown = !isServerError(recognition);
  const [dnsonly, version, register] = await Promise.all([
    isDnsonly(server),
    installedVersion(server),
    isKnown ? judged(() => checkRegister(server, recognition)) : failedBy(recognition),
  ]);
  const facts = {
    product: dnsonly ? "dnsonly" : "cpanel",
    version,
    ...(isKnown && machineFacts(recognition)),
  } as const;
  return {
    facts,
    found: {
      files: ok("cPanel's own files are there"),
      product: productResult(server.settings.type, facts.product),
      version: versionResult(version ?? "", server.settings.version),
      register,
    },
  };
}

function machineFacts(recognition: Recognition): FileFacts {
  const { hostname, address } = recognition.machine;
  return { hostname, mark: address === undefined ? undefined : hostMark(recognition) };
}

export function productResult(declared: "cpanel" | "dnsonly", installed: "cpanel" | "dnsonly"): CheckResult {
  if (declared === installed) return ok(`${productOf({ type: installed })}, as declared`);
  const advice =
    installed === "dnsonly"
      ? "Declare it with type: dnsonly."
      : "Declare it with type: cpanel, and with nameserver: true if it hosts no accounts.";
  return failed(
    `it is declared as ${declared}, but ${productOf({ type: installed })} runs there`,
    `${advice} Which links are allowed depends on it.`,
  );
}

/** Judges the installed version. A declared one may leave out its last numbers. */
export function versionResult(installed: string, declared: string | undefined): CheckResult {
  if (!isSupported(installed))
    return failed(
      `version ${installed} runs there, and a cluster needs 11 or later`,
      "Update cPanel & WHM on it first.",
    );
  if (declared === undefined || isVersion(installed, declared)) return ok(installed);
  return warning(
    `${installed} runs there, but ${declared} is declared, and the rules judge by that`,
    `Declare version: ${installed}, or leave it out.`,
  );
}
