import { columnsOf } from '../../scripts/terminal/paint.ts';
import { wrapped } from '../../scripts/terminal/row.ts';
import { play, type PlayOptions } from '../scenarios/play.ts';
import type { Result } from '../scenarios/result.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { StoryPrinter } from './story/story-printer.ts';

export interface ShowOptions {
  readonly isVerbose: boolean;
  /** Shows only the conversation in Slack, and the releases that it is about. */
  readonly isConversation?: boolean;
}

/** Plays a scenario, and prints what it shows, its timeline and its end. */
export async function playShown(
  scenario: Scenario,
  how: Omit<PlayOptions, 'onHappening' | 'onSecond'>,
  options: ShowOptions,
): Promise<Result> {
  printBeginning(scenario);
  const printer = new StoryPrinter({ target: scenario.target, ...options });
  try {
    const result = await play(scenario, { ...how, ...printer.audience });
    printer.end(result);
    return result;
  } finally {
    printer.close();
  }
}

function printBeginning({ name, shows }: Scenario): void {
  console.log();
  for (const line of wrapped(shows, columnsOf(process.stdout))) console.log(line);
  console.log(`(scenario ${name}, in virtual time)`);
}
