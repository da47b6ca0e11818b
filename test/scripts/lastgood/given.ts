import { parse } from '../../../scripts/command-line/run-command.ts';
import { programOf, toGiven } from '../../../scripts/lastgood/program.ts';
import type { Given, Verb } from '../../../scripts/lastgood/verb.ts';

/** Reads a verb's command line as the command does. */
export async function givenTo(verb: Verb, ...args: readonly string[]): Promise<Given> {
  const found: Given[] = [];
  const program = programOf({ verb }, (_, unchecked) => {
    found.push(toGiven(unchecked));
    return Promise.resolve();
  });
  const problems: string[] = [];
  for (const one of [program, ...program.commands])
    one.configureOutput({
      writeErr: (text) => problems.push(text),
      outputError: (text) => problems.push(text),
    });
  await parse(program, ['verb', ...args]);
  const [given] = found;
  if (given === undefined) throw new Error(problems.join(''));
  return given;
}
