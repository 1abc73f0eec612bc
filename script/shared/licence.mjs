import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./paths.mjs";

/**
 * The licence of an installed package.
 *
 * @param {string} path its folder in the clone
 * @returns {Promise<{ name: string, version: string, id: string, text: string } | undefined>} nothing for an optional package of
 * another platform
 */
export async function licenceOf(path) {
  const folder = join(root, path);
  const description = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  if (description === undefined) return undefined;
  const { name, version, license, licenses } = JSON.parse(description);
  const text = await textIn(folder);
  const named = typeof license === "string" ? license : (license?.type ?? licenses?.[0]?.type ?? "none");
  // Some name no licence and have one.
  const id = /^SEE LICEN/i.test(named) && /^The MIT License/.test(text) ? "MIT" : named;
  return { name, version, id, text };
}

/** A list of packages and their licences. */
export function licencesText(packages) {
  return packages.map(licenceText).join(`\n${"-".repeat(80)}\n\n`);
}

function licenceText({ name, version, id, text }) {
  return `${name} ${version}\nLicence: ${id}\n\n${text || "The package contains no text of its licence."}\n`;
}

async function textIn(folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8").catch(() => "")));
  return texts.join("\n").trim();
}
