import { unpackJson } from "./packed-json";

const credentialFields = ["password", "privateKey", "privateKeyPassword", "token"];

/** Whether the text of `whm:servers` holds a credential, or can't be read. */
export function mayHoldCredential(text: string): boolean {
  try {
    return holdsCredential(unpackJson(text));
  } catch {
    return true;
  }
}

function holdsCredential(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, field]) =>
      (credentialFields.includes(name) && typeof field === "string") || holdsCredential(field),
  );
}
