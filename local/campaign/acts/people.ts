import fc from 'fast-check';
import { putOnBus } from '../bus.ts';
import type { Night } from '../night.ts';
import { pause, resume } from '../../scenarios/pause/pausing.ts';
import { answerQuestions, hasButton, ON_CALL } from '../on-call.ts';
import type { Act } from './act.ts';

const nothing = fc.constant({});
const CONFIRM = 'Roll back';

/** What people ask of Lastgood, and answer. */
export const people: readonly Act[] = [
  {
    name: 'ask-for-rollback',
    by: 'person',
    draws: nothing,
    do: ({ stage, subject: { target } }) =>
      putOnBus(stage, 'Rollback Requested', { target, reason: 'it hurts', requestedBy: 'ada' }),
  },
  {
    name: 'answer',
    by: 'person',
    draws: fc.record({
      says: fc.constantFrom('Approve', 'Deny'),
      afterSeconds: fc.integer({ min: 10, max: 600 }),
    }),
    do: (night, { says, afterSeconds }) => answerQuestions(night, String(says), Number(afterSeconds)),
  },
  {
    name: 'type-in-slack',
    by: 'person',
    draws: fc.record({ verb: fc.constantFrom('list', 'status', 'readiness', 'help') }),
    do: ({ people, subject: { target } }, { verb }) =>
      done(() => void people.type(ON_CALL, verb === 'readiness' ? `readiness ${target}` : String(verb))),
  },
  {
    name: 'roll-back-in-slack',
    by: 'person',
    draws: fc.record({ afterSeconds: fc.integer({ min: 5, max: 600 }) }),
    do: (night, { afterSeconds }) => done(() => rollBackInSlack(night, Number(afterSeconds))),
  },
  {
    name: 'freeze',
    by: 'person',
    draws: nothing,
    do: ({ stage, subject: { target } }) =>
      putOnBus(stage, 'Rollback Freeze Requested', { target, reason: 'we look', requestedBy: 'ada' }),
  },
  {
    name: 'unfreeze',
    by: 'person',
    draws: nothing,
    do: ({ stage, subject: { target } }) =>
      putOnBus(stage, 'Rollback Unfreeze Requested', { target, requestedBy: 'ada' }),
  },
  { name: 'pause', by: 'person', draws: nothing, do: ({ stage }) => done(() => pause(stage)) },
  { name: 'resume', by: 'person', draws: nothing, do: ({ stage }) => done(() => resume(stage)) },
  {
    name: 'opt-out',
    by: 'person',
    draws: nothing,
    do: ({ subject }) => done(() => subject.tag({})),
  },
  {
    name: 'opt-in',
    by: 'person',
    draws: nothing,
    do: ({ subject, story }: Night) => done(() => subject.tag({ ...story.settings.tags, lastgood: 'auto' })),
  },
];

/** Asks for the plan, and confirms it some seconds later, if there is one. */
function rollBackInSlack(
  { stage: { slack, world }, people, subject: { target } }: Night,
  seconds: number,
): void {
  void people.type(ON_CALL, `${target} because it hurts`);
  world.clock.after(seconds * 1000, () => {
    if (hasButton(slack.channel.whispers, CONFIRM))
      void people.press(ON_CALL, CONFIRM, slack.channel.whispers);
  });
}

function done(happen: () => void): null {
  happen();
  return null;
}
