import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { named } from '../../src/aws/errors.ts';
import { NotPermitted } from '../../src/rollback/errors.ts';
import { ask } from '../command-line/ask.ts';
import {
  CANNOT_SAY,
  CannotSay,
  ENDED_BADLY,
  FORBIDDEN,
  WRONG_USE,
  WrongUse,
  type Status,
} from '../command-line/status.ts';
import { problemOfCredentials } from '../deploy/caller.ts';
import { placeOf, type Place } from '../deploy/place.ts';
import { openAws, type OpenGround } from './aws-ground.ts';
import { listen } from './interruption.ts';
import { openQuestions } from './open-questions.ts';
import { PARTS } from './parts/all.ts';
import type { Part } from './parts/part.ts';
import { actionsNeeded } from './permissions.ts';
import { reportOf, statusOf } from './report.ts';
import { namesOf, removalOf } from './stacks.ts';
import { verify, type Found } from './verify.ts';

interface Options {
  readonly keep?: true;
  readonly only?: readonly Part[];
  readonly embedded?: true;
  readonly stage?: string;
  readonly region?: string;
  readonly yes?: true;
}

const HELP = `
Parts
${PARTS.map(({ name, shows }) => `  ${name.padEnd(14)} ${shows}`).join('\n')}

Permissions of the AWS credentials, on every resource
  ${actionsNeeded().join('\n  ')}

Exit status
  0  every bad release was rolled back, every answer is as assumed, and all is removed
  1  it ended badly: one of these is not so, or it was interrupted
  2  wrong use: the command line is wrong
  3  forbidden: an AWS policy denies it, or you did not want it
  4  cannot say: Lastgood is not deployed, or AWS could not be reached`;

/** @param openEmbedded opens the embedded AWS, with Lastgood deployed in it */
export function verifyCommand(openEmbedded: () => Promise<OpenGround>): Command {
  return new Command('npm run verify-on-aws --')
    .description(
      'Builds throw-away stacks in your AWS account, makes bad releases, lets the Lastgood that is deployed there roll them back, and removes the stacks. Prints what the open questions of docs/unknown.md turned out to be, and what it cost.',
    )
    .option('--only <parts>', 'only these parts, separated by commas', partsOf)
    .option('--keep', 'keep the stacks, and print how to remove them')
    .option('--embedded', 'on the embedded AWS instead, with its own Lastgood and its own time')
    .option('--stage <stage>', 'of Lastgood; prod when left out')
    .option('--region <region>', 'of Lastgood; AWS_REGION when left out, and eu-west-1 without it')
    .option('--yes', 'do not ask')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      process.exitCode = await outcomeOf(options, openEmbedded);
    });
}

function partsOf(text: string): readonly Part[] {
  const names = new Set(text.split(','));
  const found = PARTS.filter(({ name }) => names.delete(name));
  for (const name of names)
    throw new InvalidArgumentError(`"${name}" is no part: ${PARTS.map((part) => part.name).join(', ')}.`);
  return found;
}

async function outcomeOf(options: Options, openEmbedded: () => Promise<OpenGround>): Promise<Status> {
  try {
    const place = placeOf(options.stage, options.region);
    return await run(place, options, openEmbedded).catch((error: unknown) => {
      const problem = problemOfCredentials(error, place.region);
      throw problem === null ? error : new CannotSay(problem);
    });
  } catch (error) {
    console.error(`verify-on-aws: ${inOneLine(error)}`);
    if (error instanceof WrongUse) return WRONG_USE;
    return named(error) instanceof NotPermitted ? FORBIDDEN : CANNOT_SAY;
  }
}

async function run(
  { stage, region }: Place,
  options: Options,
  openEmbedded: () => Promise<OpenGround>,
): Promise<Status> {
  const { keep = false, only = PARTS, embedded = false, yes = false } = options;
  if (!embedded && !yes && !process.stdin.isTTY) throw new WrongUse('this is no terminal: give --yes');
  const ground = embedded ? await openEmbedded() : openAws(region);
  const name = `lastgood-verify-${embedded ? 'embedded' : randomBytes(3).toString('hex')}`;
  const names = namesOf(name, only);
  const say = (line: string): void =>
    console.log(`${new Date(ground.now()).toISOString().slice(11, 19)}  ${line}`);
  const interruption = listen(
    () => say('interrupted: all that was built is removed. Press Ctrl-C again to leave it.'),
    () => {
      console.error(
        `Left, with all that it contains: ${names.join(', ')}. Remove it: ${removalOf(names, ground.region)}`,
      );
      process.exit(ENDED_BADLY);
    },
  );
  try {
    const confirm = embedded || yes ? agreed : asked;
    const { signal } = interruption;
    const found = await verify(ground, { stage, parts: only, keep, name, signal, confirm, say });
    if (found !== null) return concluded(found, ground.region, keep);
    console.log('Nothing was created.');
    return FORBIDDEN;
  } finally {
    interruption.end();
    await ground.close();
  }
}

function concluded(found: Found, region: string, keep: boolean): Status {
  console.log(['', ...reportOf(found, openQuestions(), region)].join('\n'));
  return statusOf(found, keep);
}

function agreed(question: string): Promise<boolean> {
  console.log(question.replace(/\?$/, ': yes'));
  return Promise.resolve(true);
}

async function asked(question: string): Promise<boolean> {
  const answer = await ask(`${question} It costs about a dollar. [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOwn = error instanceof WrongUse || error instanceof CannotSay;
  return (isOwn ? error.message : `${error.name}: ${error.message}`).replaceAll(/\s+/g, ' ');
}
