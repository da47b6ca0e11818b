import { setTimeout } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { ENDED_BADLY, FINE, WRONG_USE } from '../../scripts/command-line/status.ts';
import { openShop } from '../scenarios/ecs/shop.ts';
import { openStage, type Stage } from '../scenarios/stage.ts';
import { exportsOf, greetingOf } from '../serve/greeting.ts';
import { keepTime } from '../serve/keep-time.ts';
import { whyTaken } from '../serve/port.ts';
import { prepare } from './prepare.ts';

/** Real milliseconds that the servers get to close. */
const CLOSING_MS = 2_000;

const EXAMPLES = `
Examples:
  npm run local                               # on any free port, in real time
  npm run local -- --port 4566 --speed 60     # a minute of the embedded AWS in a second
  npm run -s local -- --port 4566 >aws.json   # the line of JSON for a program; the rest is on standard error

docs/local.md goes through a bad release with the AWS CLI, step by step.`;

interface Options {
  readonly port: number;
  readonly speed: number;
  readonly seed: number;
}

const number =
  (least: number, most: number) =>
  (text: string): number => {
    const read = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (!(read >= least && read <= most))
      throw new InvalidArgumentError(`must be a number from ${least} to ${most}.`);
    return read;
  };

function port(text: string): number {
  const read = number(0, 65535)(text);
  if (!Number.isInteger(read)) throw new InvalidArgumentError('must be a whole number.');
  return read;
}

await runCommand(
  new Command('npm run local --')
    .description(
      'The embedded AWS as a server on 127.0.0.1, with Lastgood deployed into it and a service under traffic, until ' +
        'interrupted. Any AWS client may talk to it. When ready it prints one line of JSON with its endpoint and ' +
        'credentials on standard output. What happens, and export lines for a shell, are on standard error. Exit status 0 ' +
        'when it is interrupted, 2 where the port cannot be used or the command line is wrong.',
    )
    .option('--port <number>', 'port; 0 takes any free one', port, 0)
    .option('--speed <factor>', 'virtual seconds that pass in one real second', number(0.01, 10_000), 1)
    .option('--seed <number>', 'of the random numbers', number(0, 999_999_999), 1)
    .addHelpText('after', EXAMPLES)
    .action(serve),
);

async function serve({ port: wanted, speed, seed }: Options): Promise<void> {
  const taken = await whyTaken(wanted);
  if (taken !== null) {
    say(`error: ${taken}`);
    process.exitCode = WRONG_USE;
    return;
  }
  const stage = await open(wanted, seed).catch(giveUp);
  const { clock } = stage.world;
  const greeting = greetingOf(stage.runtime, clock.iso());
  console.log(JSON.stringify(greeting));
  say(`\nReady. For another terminal:\n\n${exportsOf(greeting)}\n\nCtrl-C ends it.\n`);

  const onTrouble = (error: unknown): void => say(`${clock.iso()}  ${troubleOf(error)}`);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, onTrouble);
  await keepTime(clock, { speed, ended: interruption(), onTrouble });
  await Promise.race([stage.close(), setTimeout(CLOSING_MS)]);
  process.exit(FINE);
}

/** Opens the stage with its shop, and says on standard error how far it is. */
async function open(wanted: number, seed: number): Promise<Stage> {
  say('Building the bundles and packaging the template, where anything has changed …');
  await prepare({ quiet: true });
  say('Deploying Lastgood into the embedded AWS, and opening a shop under traffic …');
  const stage = await openStage({ seed, port: wanted, onHappening: ({ at, what }) => say(`${at}  ${what}`) });
  await openShop(stage);
  return stage;
}

/** Ends the process: what is open already would keep it alive. */
function giveUp(error: unknown): never {
  say(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(ENDED_BADLY);
}

/** Ends with the first Ctrl-C. The second finds no listener, and kills the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      say('Closing …');
      controller.abort();
    });
  return controller.signal;
}

/** Returns an error and where it was thrown, in one line. */
function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  const [at = ''] = /^\s+at .*$/m.exec(error.stack ?? '') ?? [];
  return `error: ${error.name}: ${error.message} ${at.trim()}`.replaceAll(/\s+/g, ' ');
}

function say(text: string): void {
  console.error(text);
}
