import { check } from './check/check.ts';
import { incident } from './incident/incident.ts';
import { DONE, NOT_DONE, type Verb } from './verb.ts';

/** All verbs. Each has a folder of its name. */
const VERBS: Readonly<Record<string, Verb>> = { check, incident };

/** Runs the verb that the command line begins with. @returns the exit status */
export async function runVerb([name = '', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h') {
    console.log(helpFor(VERBS));
    return DONE;
  }
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb !== undefined) return verb.run(args);
  const problem = name === '' ? 'a verb is missing' : `there is no verb ${JSON.stringify(name)}`;
  console.error(`lastgood: ${problem}\n\n${helpFor(VERBS)}`);
  return NOT_DONE;
}

function helpFor(verbs: typeof VERBS): string {
  const lines = Object.entries(verbs).map(([name, { does }]) => `  ${name.padEnd(10)}${does}`);
  return `Usage: npx lastgood VERB …

${lines.join('\n')}

npx lastgood VERB --help says what a verb takes.`;
}
