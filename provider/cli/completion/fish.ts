import type { CompletedCommand, CompletedOption, Suggestion } from "./completed-commands";
import { commandPaths, optionsWithValues } from "./steps";

/** Returns the completion for fish, from version 3.0 on. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return `# Completes whm-dns in fish. Written by \`whm-dns completion fish\`.
function __whm_dns_at --description 'Whether the words before the cursor lead to this command, and this number of arguments'
    set --local command ''
    set --local given 0
    set --local skip no
    for word in (commandline --tokenize --cut-at-cursor --current-process)[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        set --local step (string trim -- "$command $word")
        switch $step
            case ${commandPaths(commands).map(quoted).join(" ")}
                set command $step
                set given 0
            case ${optionsWithValues(commands)
              .map(({ step }) => quoted(step))
              .join(" ")}
                set skip yes
            case '*'
                string match --quiet -- '-*' $word; or set given (math $given + 1)
        end
    end
    test "$command" = "$argv[1]"; and test (count $argv) = 1 -o "$given" = "$argv[2]"
end
complete --command whm-dns --no-files
${commands.flatMap(linesFor).join("\n")}
`;
}

function linesFor(command: CompletedCommand): string[] {
  const start = completeAt(command.path);
  return [
    ...command.commands.map(
      ({ name, summary }) => `${start} --arguments ${name} --description ${quoted(summary)}`,
    ),
    ...command.arguments
      .map(({ value }, given) => `${completeAt(command.path, given)} ${argumentWords(value)}`)
      .filter((_line, given) => command.arguments[given]?.value !== "nothing"),
    ...command.options.map((option) => `${start} ${optionWords(option)}`),
  ];
}

function completeAt(path: string, given?: number): string {
  const condition = [`__whm_dns_at ${quoted(path)}`, ...(given === undefined ? [] : [given])].join(" ");
  return `complete --command whm-dns --condition ${quoted(condition)}`;
}

function optionWords({ flag, summary, value }: CompletedOption): string {
  const described = `--long-option ${flag.slice(2)} --description ${quoted(summary)}`;
  if (value === undefined) return described;
  return `${described} --require-parameter ${argumentWords(value)}`;
}

function argumentWords(value: Suggestion): string {
  if (value === "file") return "--force-files";
  if (value === "folder") return "--no-files --arguments '(__fish_complete_directories)'";
  return value === "nothing" ? "--no-files" : `--no-files --arguments ${quoted(value.join(" "))}`;
}

/** Quotes a text for fish, which knows `\\` and `\'` between single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
