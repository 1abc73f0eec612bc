import type { CompletedCommand, Suggestion } from "./completed-commands";
import { commandPaths, optionsWithValues, singleQuoted, stepsTo } from "./steps";

/** Returns the completion for bash. It uses nothing newer than version 3.2, which macOS has. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# Completes whm-dns in bash. Written by \`whm-dns completion bash\`.
_whm_dns() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="" step="" words="" paths="" options="" given=0 at=1
  while [[ $at -lt $COMP_CWORD ]]; do
    step="\${command:+$command }\${COMP_WORDS[at]}"
    case "$step" in
      ${patterns(commandPaths(commands))}) command="$step" given=0 ;;
      ${patterns(optionsWithValues(commands).map(({ step }) => step))})
        [[ "\${COMP_WORDS[at+1]}" == "=" ]] && at=$((at + 1))
        at=$((at + 1)) ;;
      *) [[ "\${COMP_WORDS[at]}" == -* ]] || given=$((given + 1)) ;;
    esac
    at=$((at + 1))
  done
  # bash makes three words of --format=svg.
  [[ "$word" == "=" ]] && word=""
  [[ "$before" == "=" ]] && before="\${COMP_WORDS[COMP_CWORD-2]}"
  case "\${command:+$command }$before" in
${optionsWithValues(commands)
  .map(({ step, value }) => `    ${singleQuoted(step)}) ${assignment(value)} ;;`)
  .join("\n")}
    *) case "$command" in
${commands.map((command) => `      ${singleQuoted(command.path)}) ${assignments(command)} ;;`).join("\n")}
    esac ;;
  esac
  if [[ -n "$options" ]] && [[ "$word" == -* || -z "$words$paths" ]]; then
    words="$options"
    paths=""
  fi
  COMPREPLY=()
  local IFS=$' \\n'
  [[ -n "$words" ]] && COMPREPLY=($(compgen -W "$words" -- "$word"))
  IFS=$'\\n'
  # Where bash has compopt, readline completes paths, which also quotes them.
  case "$paths" in
    file) compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$word")) ;;
    folder) compopt -o dirnames 2>/dev/null || COMPREPLY=($(compgen -d -- "$word")) ;;
  esac
}
complete -F _whm_dns whm-dns
`;
}

function patterns(words: readonly string[]): string {
  return words.map(singleQuoted).join("|");
}

function assignments(command: CompletedCommand): string {
  const options = `options=${singleQuoted(command.options.map(({ flag }) => flag).join(" "))}`;
  const values = stepsTo(command)
    .map((value, given) => ({ given, words: assignment(value) }))
    .filter(({ words }) => words !== "");
  if (values.length === 0) return options;
  return `${options}; case $given in ${values.map(({ given, words }) => `${given}) ${words} ;;`).join(" ")} esac`;
}

function assignment(value: Suggestion): string {
  if (value === "nothing") return "";
  return typeof value === "string" ? `paths=${value}` : `words=${singleQuoted(value.join(" "))}`;
}
