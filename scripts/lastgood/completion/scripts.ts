/** The verbs that can be completed, each with its purpose and its options. */
export type Words = Readonly<Record<string, { readonly does: string; readonly options: readonly Option[] }>>;

export interface Option {
  /** `--region` */
  readonly long: string;
  readonly does: string;
  readonly takesValue: boolean;
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Returns the completion script of a shell. */
export function scriptFor(shell: Shell, words: Words): string {
  return SCRIPTS[shell](words);
}

const SCRIPTS: Readonly<Record<Shell, (words: Words) => string>> = { bash, zsh, fish };

function bash(words: Words): string {
  return `# https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
_lastgood() {
  local current=\${COMP_WORDS[COMP_CWORD]} words
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${[...Object.keys(words), '--help', '--version'].join(' ')}"
  else
    case \${COMP_WORDS[1]} in
${casesOf(words)}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _lastgood lastgood`;
}

function casesOf(words: Words): string {
  return Object.entries(words)
    .map(([verb, { options }]) => `      ${verb}) words="${options.map(({ long }) => long).join(' ')}" ;;`)
    .join('\n');
}

function zsh(words: Words): string {
  const verbs = Object.entries(words).map(([verb, { does }]) => `    ${quoted(`${verb}:${does}`)}`);
  const cases = Object.entries(words).map(([verb, { options }]) => {
    const specs = options.map((option) => quoted(zshOption(option)));
    return `    ${verb}) _arguments ${specs.join(' ')} '*: :_default' ;;`;
  });
  return `#compdef lastgood
# https://zsh.sourceforge.io/Doc/Release/Completion-System.html
_lastgood() {
  local -a verbs
  verbs=(
${verbs.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
}
compdef _lastgood lastgood`;
}

function zshOption({ long, does, takesValue }: Option): string {
  return `${long}[${does.replaceAll(/[[\]:\\]/g, (sign) => `\\${sign}`)}]${takesValue ? ': :' : ''}`;
}

function fish(words: Words): string {
  const none = 'complete -c lastgood -f';
  const first = Object.entries(words).map(
    ([verb, { does }]) => `${none} -n __fish_use_subcommand -a ${verb} -d ${quoted(does)}`,
  );
  const options = Object.entries(words).flatMap(([verb, { options: all }]) =>
    all.map(
      ({ long, does, takesValue }) =>
        `complete -c lastgood -n '__fish_seen_subcommand_from ${verb}' -l ${long.slice(2)}${takesValue ? ' -r' : ''} -d ${quoted(does)}`,
    ),
  );
  return ['# https://fishshell.com/docs/current/completions.html', ...first, ...options].join('\n');
}

/** Quotes any text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
