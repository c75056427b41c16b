/** Completion scripts for shells, made from the commands themselves. Pure. */
import type { Command } from 'commander'

/** Shells that a script can be made for. */
export const SHELLS = ['bash', 'zsh'] as const

/** The script; a person evaluates it in the shell's start file. */
export function completionScript(program: Command, shell: (typeof SHELLS)[number]): string {
  const cases = wordsByPath(program).map(([path, words]) => `    '${path}') words='${words.join(' ')}' ;;`)
  const body = `  local path='' word words=''
  for word in "\${before[@]}"; do
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac`
  if (shell === 'bash') {
    return `_mutuo() {
  local before=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
${body}
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _mutuo mutuo`
  }
  return `#compdef mutuo
_mutuo() {
  local -a before
  before=("\${(@)words[2,CURRENT-1]}")
  local -a candidates
${body.replaceAll("words=''", "choices=''").replaceAll("words='", "choices='")}
  candidates=(\${=choices})
  compadd -a candidates
}
compdef _mutuo mutuo`
}

/** For each command, by the words that lead to it: the subcommands and options that may follow. */
function wordsByPath(command: Command, path = ''): [path: string, words: string[]][] {
  const help = command.createHelp()
  const words = [
    ...help.visibleCommands(command).map((sub) => sub.name()),
    ...help.visibleOptions(command).flatMap((option) => option.long ?? []),
    ...help.visibleGlobalOptions(command).flatMap((option) => option.long ?? []),
  ]
  const below = command.commands.flatMap((sub) => wordsByPath(sub, path === '' ? sub.name() : `${path} ${sub.name()}`))
  return [[path, [...new Set(words)]], ...below]
}
