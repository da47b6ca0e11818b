import { FINE, WrongUse, type Status } from '../../command-line/status.ts';
import { COMMAND_LINE, statusHelp } from '../help.ts';
import type { Given, Verb } from '../verb.ts';
import { scriptFor, SHELLS, type Shell, type Words } from './scripts.ts';

const HELP = `Completes verbs and options of lastgood, where it is on the PATH of the shell.

  bash  source <(${COMMAND_LINE} completion bash)
  zsh   source <(${COMMAND_LINE} completion zsh)
  fish  ${COMMAND_LINE} completion fish | source

Needs no AWS credentials.

${statusHelp({ fine: 'the script is on standard output', cannotSay: 'never' })}`;

/** @param words the verbs and options, read when the verb runs: this verb is among them */
export function completionOf(words: () => Words): Verb {
  return {
    does: 'Writes a script that completes verbs and options in a shell.',
    declare: (command) => command.argument('<SHELL>', SHELLS.join(', ')),
    help: HELP,
    run: (given) => Promise.resolve(run(given, words())),
  };
}

function run({ args: [name = ''], isJson }: Given, words: Words): Status {
  if (!isShell(name)) throw new WrongUse(`SHELL must be one of ${SHELLS.join(', ')}`);
  const script = scriptFor(name, words);
  console.log(isJson ? JSON.stringify({ shell: name, script }) : script);
  return FINE;
}

function isShell(name: string): name is Shell {
  return (SHELLS as readonly string[]).includes(name);
}
