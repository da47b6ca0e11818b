import fc from 'fast-check';
import { putOnBus } from '../bus.ts';
import type { Night } from '../night.ts';
import { pause, resume } from '../../scenarios/pause/pausing.ts';
import { answerQuestions } from '../on-call.ts';
import type { Act } from './act.ts';

const nothing = fc.constant({});

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

function done(happen: () => void): null {
  happen();
  return null;
}
