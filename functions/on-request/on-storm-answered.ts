import type { SendAnswer } from '../../src/lambda/storms.ts';
import type { Storms } from '../../src/ledger/storms.ts';
import { rejected, type Rejected } from '../../src/targets/answer.ts';
import type { StormAnswered } from '../../src/targets/storm-answered.ts';

export interface TakingAnswers {
  readonly storms: Pick<Storms, 'answer'>;
  readonly sendAnswer: SendAnswer;
}

/**
 * Takes an answer to the list of a storm, and starts the execution that sends it. The same event again changes nothing.
 * Returns why it was not taken.
 */
export async function takeAnswer(
  { storm, answer }: StormAnswered,
  { storms, sendAnswer }: TakingAnswers,
): Promise<Rejected | null> {
  const taken = await storms.answer(storm, answer);
  switch (taken.is) {
    case 'unknown':
      return rejected('detail.list', 'is no list of this storm');
    case 'answered': {
      const { choice, by, at } = taken.answer;
      return rejected('detail.list', `was answered before: "${choice}" by ${by} at ${at}`);
    }
    case 'taken':
      await sendAnswer(storm, answer.list);
      return null;
  }
}
