// Where this package records on each server who owns what. WHM reads nothing here.

/** Accessible to root alone. Removed with its last entry. */
export const registerDirectory = "/var/cpanel/.pulumi-whm";

/** Says which server this is. */
export const recordName = "server.json";

/** Held by the run that removes lines from a file. */
export const turnName = "turn";

export const inRegister = (name: string): string => `${registerDirectory}/${name}`;
