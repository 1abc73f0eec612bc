/** The two files of a member that somebody has added in WHM, with a token that opens nothing. */
export function handMadeEntry(
  file: string,
  { host, role }: { host: string; role: string },
): Record<string, string> {
  const lines = ["#version 2.0", "user=root", `host=${host}`, "pass=NOTOKEN", "module=cPanel", "debug=0"];
  return { [file]: `${lines.join("\n")}\n`, [`${file}-dnsrole`]: role };
}
