import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { named } from '../../src/aws/errors.ts';
import { NotPermitted } from '../../src/rollback/errors.ts';
import { parse } from '../command-line/run-command.ts';
import {
  CANNOT_SAY,
  CannotSay,
  FINE,
  FORBIDDEN,
  WRONG_USE,
  WrongUse,
  type Status,
} from '../command-line/status.ts';
import { explained } from './explained.ts';
import { COMMAND_LINE } from './help.ts';
import { readPlace } from './place.ts';
import type { Given, Verb } from './verb.ts';

type Verbs = Readonly<Record<string, Verb>>;

/** Runs the verb that the command line begins with. @returns the exit status */
export async function runVerb(verbs: Verbs, args: readonly string[]): Promise<number> {
  let ended: Status = FINE;
  const program = programOf(verbs, async (name, given) => {
    ended = await outcomeOf(name, verbs[name], given);
  });
  return (await parse(program, args)) ?? ended;
}

/** The fields of an option that commander reads. */
type Options = Given['options'] & {
  readonly region?: string;
  readonly stage?: string;
  readonly endpoint?: string;
  readonly json?: true;
};

type Unchecked = Pick<Given, 'args'> & { readonly options: Options };

/** Returns the command line as commander parses it. Calls `run` with the verb that was named. */
export function programOf(
  verbs: Verbs,
  run: (name: string, given: Unchecked) => Promise<void> = () => Promise.resolve(),
): Command {
  const program = new Command(COMMAND_LINE)
    .usage('VERB [options]')
    .description('Rolls back what hurts to what was last known good, and answers questions about it.')
    .version(manifest.version, '--version', 'version of this command')
    .helpOption('-h, --help', 'help; VERB --help has arguments, permissions and exit statuses')
    .helpCommand('help [verb]', 'help, of a verb too');
  program.configureOutput({ outputError: errorOf('lastgood') });
  for (const [name, verb] of Object.entries(verbs))
    program.addCommand(
      commandOf(name, verb, run).configureOutput({ outputError: errorOf(`lastgood: ${name}`) }),
    );
  return program;
}

function commandOf(
  name: string,
  verb: Verb,
  run: (name: string, given: Unchecked) => Promise<void>,
): Command {
  const command = verb.declare(new Command(name).description(verb.does));
  return command
    .option('--json', 'one JSON document on standard output')
    .option('--region <region>', "of Lastgood's stack; AWS_REGION when left out")
    .option('--stage <stage>', "of Lastgood's stack; prod when left out")
    .option('--endpoint <url>', 'instead of AWS, such as that of npm run local')
    .helpOption('-h, --help', 'help')
    .addHelpText('after', `\n${verb.help}`)
    .showHelpAfterError(`See ${COMMAND_LINE} ${name} --help`)
    .action(() => run(name, { args: command.processedArgs as Given['args'], options: command.opts() }));
}

/** Begins the errors of commander with the words of the command line that they are about. */
function errorOf(begins: string): (text: string, write: (text: string) => void) => void {
  return (text, write) => write(text.replace(/^error: /, `${begins}: `));
}

/** @throws WrongUse */
export function toGiven({ args, options }: Unchecked): Given {
  const { json, region, stage, endpoint, ...own } = options;
  return { args, options: own, place: readPlace({ region, stage, endpoint }), isJson: json === true };
}

async function outcomeOf(name: string, verb: Verb | undefined, unchecked: Unchecked): Promise<Status> {
  try {
    return (await verb?.run(toGiven(unchecked))) ?? WRONG_USE;
  } catch (caught) {
    const { args, options } = unchecked;
    const error = explained(caught, options.stage);
    const see = error instanceof WrongUse ? `. See ${COMMAND_LINE} ${name} --help` : '';
    console.error(`lastgood: ${args[0] ?? name}: ${inOneLine(error)}${see}`);
    return statusOf(error);
  }
}

/** Returns the exit status of an error. Only a denial by AWS counts as an answer. */
function statusOf(error: unknown): Status {
  if (error instanceof WrongUse) return WRONG_USE;
  return named(error) instanceof NotPermitted ? FORBIDDEN : CANNOT_SAY;
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOwnError = error instanceof WrongUse || error instanceof CannotSay;
  return (isOwnError ? error.message : `${error.name}: ${error.message}`).replaceAll(/\s+/g, ' ');
}
