// Where this package notes on each server what is whose. WHM reads nothing here.

/** Root's alone; it goes with its last entry. */
export const registerDirectory = "/var/cpanel/.pulumi-whm";

/** Says which server this is. */
export const recordName = "server.json";

/** Held by the run that takes lines out of a file. */
export const turnName = "turn";

export const inRegister = (name: string): string => `${registerDirectory}/${name}`;
