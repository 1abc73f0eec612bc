import type { SftpSession } from "./session";

// Operations on file names, each in one step. The phrase says what it is done for.

/** Renames a file and replaces whatever has the new name. */
export function moveOver(session: SftpSession, phrase: string, from: string, to: string): Promise<void> {
  return session.request<void>(phrase, (sftp, done) => sftp.ext_openssh_rename(from, to, done));
}

/** Gives a file a second name. */
export function link(session: SftpSession, phrase: string, from: string, to: string): Promise<void> {
  return session.request<void>(phrase, (sftp, done) => sftp.ext_openssh_hardlink(from, to, done));
}

export function remove(session: SftpSession, phrase: string, path: string): Promise<void> {
  return session.request<void>(phrase, (sftp, done) => sftp.unlink(path, done));
}
