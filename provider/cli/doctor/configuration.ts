import { access } from "node:fs/promises";
import { mayHoldCredential } from "../../schema/held-credentials";
import { failed, ok, skipped, type CheckResult } from "../../survey";
import { askPulumi } from "../pulumi";
import { UsageError } from "../usage-error";

const key = "whm:servers";

/**
 * Checks that the configuration of a stack holds no credential in clear. Without the name of a stack, the selected one
 * of a program in the current folder is checked.
 *
 * @returns undefined if there is neither
 */
export async function checkConfiguration(
  stack: string | undefined,
  hasPulumi: boolean,
): Promise<CheckResult | undefined> {
  if (stack === undefined && !(await isProgramFolder())) return undefined;
  if (!hasPulumi) return skipped("not tried, because of pulumi");
  const chosen = stack === undefined ? [] : ["--stack", stack];
  try {
    const text = await askPulumi("read the configuration", ["config", "--json", ...chosen]);
    return configurationResult(text, chosen);
  } catch (error) {
    if (error instanceof UsageError) return skipped(`not tried. ${error.message}`);
    throw error;
  }
}

async function isProgramFolder(): Promise<boolean> {
  const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
  const found = await Promise.all(
    names.map((name) =>
      access(name).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/**
 * Judges what `pulumi config --json` prints.
 *
 * @param chosen options by which the stack was chosen, for the command that mends it
 */
export function configurationResult(text: string, chosen: readonly string[]): CheckResult {
  const entries = JSON.parse(text) as Record<string, { value?: string; secret?: boolean }>;
  const entry = entries[key];
  if (!entry) return ok(`there is no ${key} in it`);
  if (entry.secret) return ok(`${key} is secret`);
  if (!mayHoldCredential(entry.value ?? "")) return ok(`${key} holds no credential`);
  const options = chosen.map((word) => ` ${word}`).join("");
  return failed(
    `${key} holds a credential and is not secret: it stands in clear in the stack's configuration file`,
    `Run \`pulumi config get ${key}${options} | pulumi config set --secret ${key}${options}\`, and change the credentials if others could read the file.`,
  );
}
