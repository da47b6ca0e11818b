import type { OfStorm } from '../../src/slack/buttons.ts';
import { escape, person } from '../../src/slack/escape.ts';
import { say } from '../../src/slack/messages/answers.ts';
import type { Press } from '../../src/slack/said.ts';
import type { Message } from '../../src/slack/web-api.ts';
import type { Desk } from './desk.ts';

const TAKEN = {
  all: 'Taken: all that are listed go back, unless their plans have changed.',
  own: 'Taken: those with their own proof go back, unless their plans have changed. The others stay.',
  none: 'Taken: Lastgood changes nothing.',
} as const;

/**
 * Takes an answer to the list of a storm from a person who may touch one of its targets. The function of the storm checks
 * each target again when it sends the answer, and leaves out those that this person may not touch.
 */
export async function onStorm(
  desk: Desk,
  { user }: Press,
  { storm, list, choice }: OfStorm,
): Promise<Message> {
  if (!(await mayAnswer(desk, user, storm)))
    return say(
      "You may touch none of these targets. The parameter `access` of Lastgood's Slack settings says who may.",
    );
  const taken = await desk.storms.answer(storm, { choice, by: `slack:${user}`, at: desk.saidAt, list });
  switch (taken.is) {
    case 'unknown':
      return say('There is no such question. See the newest message of the storm.');
    case 'answered':
      return say(`${person(taken.answer.by)} answered this before: ${escape(taken.answer.choice)}.`);
    case 'taken':
      await desk.sendAnswer(storm, list);
      return say(TAKEN[choice]);
  }
}

async function mayAnswer({ storms, may }: Desk, user: string, storm: string): Promise<boolean> {
  for (const { target } of await storms.members(storm)) if (await may(user, target)) return true;
  return false;
}
