/** Variables of the environment by which users turn colours on and off. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether output has colours: as the variables say that other tools know too, else on a terminal that has them. What turns
 * colours off counts before what turns them on.
 */
export function wantsColours(env: Environment, isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = env;
  if (NO_COLOR || FORCE_COLOR === "0" || FORCE_COLOR === "false") return false;
  if (FORCE_COLOR !== undefined || isSet(CLICOLOR_FORCE)) return true;
  return isTerminal && CLICOLOR !== "0" && TERM !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0";
}
