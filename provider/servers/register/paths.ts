// Where this package notes on each server what is whose. WHM reads nothing here.

/** Root's alone; it goes with its last entry. */
export const registerDirectory = "/var/cpanel/.pulumi-whm";

/** Says which server this is. */
export const recordName = "server.json";

export const inRegister = (name: string): string => `${registerDirectory}/${name}`;
