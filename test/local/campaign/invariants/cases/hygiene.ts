import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { ARN, call, documentWith, iso, stateAt, type Parts } from '../made-up.ts';
import { quiet, type Case } from './case.ts';

/** Lets the rollback poll so often that each poll enters a state after so many seconds. */
function polling(seconds: number, count = 100): (parts: Parts) => void {
  return (parts) => {
    const [first] = parts.executions;
    if (first === undefined) return;
    const polls = Array.from({ length: count }, (_, place) =>
      stateAt(13.5 + (place * seconds) / 60, 'Settle', documentWith()),
    );
    parts.executions = [{ ...first, arn: ARN, states: [...first.states.slice(0, 3), ...polls] }];
  };
}

export const hygieneCases: Readonly<Record<string, Case>> = {
  'waits-are-cheap': {
    holds: polling(13),
    breaks: polling(5),
    idle: quiet,
  },
  'states-are-few': {
    breaks: polling(13, 2_100),
    idle: quiet,
  },
  'reads-before-the-write-are-few': {
    breaks: (parts) => {
      parts.calls.splice(
        ...([
          1,
          0,
          ...Array.from({ length: 5 }, () => call(13.1, 'DescribeServices', { invocation: 6 })),
        ] as const),
      );
    },
    excuses: {
      'a state of another machine read as well': (parts) => {
        const [first] = parts.executions;
        const arn = ARN.replace('-rollback:', '-lookout:');
        if (first !== undefined)
          parts.executions.push({ ...first, arn, states: [stateAt(13.1, 'Sides', {})], input: {} });
      },
    },
    idle: quiet,
  },
  'no-secret-leaves': {
    breaks: (parts) => {
      parts.bodies.push(`token=${SECRET_MARK}`);
    },
  },
  'no-mistake-of-programming': {
    holds: (parts) => {
      parts.invocations.push({ at: iso(14), function: 'lastgood-prod-guard', error: 'Throttled' });
    },
    breaks: (parts) => {
      const error = { errorType: 'TypeError', errorMessage: 'x is not a function', trace: [] };
      const answer = { state: 'failed', error } as never;
      parts.invocations.push({ at: iso(14), function: 'lastgood-prod-guard', error: 'TypeError', answer });
    },
  },
  'slack-takes-every-message': {
    holds: (parts) => {
      parts.refusals.push({ at: 0, method: 'chat.postMessage', error: 'ratelimited' });
    },
    breaks: (parts) => {
      parts.refusals.push({ at: 0, method: 'chat.postMessage', error: 'invalid_blocks' });
    },
    idle: (parts) => {
      parts.bodies = [];
    },
  },
};
