import { ErrorReporter } from "../../../provider/servers/errors";
import { sftpRefusal, sudoRefusal } from "../../../provider/servers/ssh/sudo";

const reporter = new ErrorReporter("ns1");
const ended = (stderr: string, exitCode = 1) => ({ exitCode, stdout: "", stderr });

describe("what sudo writes", () => {
  test.each([
    ["sudo: a password is required", "NOPASSWD"],
    ["sudo: a terminal is required to read the password; either use the -S option", "NOPASSWD"],
    ["deploy is not in the sudoers file.", "NOPASSWD"],
    ["Sorry, user deploy is not allowed to execute '/bin/date' as root on ns1.", "NOPASSWD"],
    ["sudo: sorry, you must have a tty to run sudo", "!requiretty"],
    ["env: 'sudo': No such file or directory", "Install sudo"],
    ["bash: line 1: sudo: command not found", "Install sudo"],
    ["no sftp-server", "Install sudo"],
    [
      "sudo: /etc/sudoers is owned by uid 1500, should be 0\nsudo: no valid sudoers sources found, quitting",
      "sudo -l",
    ],
    [
      "sudo: effective uid is not 0, is /usr/bin/sudo on a file system with the 'nosuid' option set",
      "sudo -l",
    ],
  ])("[U] is shown with its cure, past warnings: %s", (line, cure) => {
    const stderr = `sudo: unable to resolve host ns1: Name or service not known\n${line}\n`;
    const error = sudoRefusal(ended(stderr), "run date", reporter);
    expect(error).toMatchObject({ code: "missing-privilege", phrase: "run date" });
    expect(error?.said).toBe(line.split("\n").at(-1)!.replace(/\.$/, ""));
    expect(error?.wayOut).toContain(cure);
  });

  test("[U] is no refusal if the command itself has ended, well or not", () => {
    const warning = "sudo: unable to resolve host ns1: Name or service not known\n";
    expect(sudoRefusal(ended(warning, 0), "run date", reporter)).toBeUndefined();
    expect(sudoRefusal(ended(`${warning}date: invalid option`), "run date", reporter)).toBeUndefined();
  });

  test("[U] is told of an SFTP server that does not start for another reason", () => {
    const error = sftpRefusal(
      ended("Couldn't open /dev/null: No such file or directory\n"),
      "open it",
      reporter,
    );
    expect(error?.said).toContain("exit status 1: Couldn't open /dev/null");
    expect(sftpRefusal(ended("", 0), "open it", reporter)).toBeUndefined();
  });
});
