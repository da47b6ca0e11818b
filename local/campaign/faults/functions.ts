import fc from 'fast-check';
import type { Strike } from '@lastgood/embedded-aws/runtime/lambda/troubles.ts';
import { chanceOf, share, timesOf } from './chance.ts';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const ASYNC = 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html';

/** A part of the names of functions; every name has the last one. */
const which = fc.constantFrom(
  '-mechanism-',
  '-guard',
  '-verify',
  '-report',
  '-sweep',
  '-on-',
  '-lookout',
  '-',
);
const times = fc.integer({ min: 1, max: 6 });

type Failure = ReturnType<Strike>;
const KILLED: Failure = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'RequestId: injected by the story Error: Runtime exited with error: signal: killed',
};
const OUT_OF_MEMORY: Failure = {
  errorType: 'Runtime.OutOfMemory',
  errorMessage: 'RequestId: injected by the story Error: Runtime exited with error: signal: killed',
};
const NOT_STARTED: Failure = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'RequestId: injected by the story Error: Runtime exited with error: exit status 1',
};

/** Lambda and Step Functions, as they run Lastgood's functions. */
export const functions: readonly Fault[] = [
  {
    name: 'function-killed',
    source: incidents(15),
    draws: fc.record({ which, times, calls: fc.integer({ min: 1, max: 9 }) }),
    begin: ({ stage }, given) =>
      stage.runtime.lambda.troubles.strike(
        striking(given, KILLED, (answered) => answered === given['calls']),
      ),
  },
  {
    name: 'function-out-of-memory',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html',
    draws: fc.record({ which, times, calls: fc.integer({ min: 1, max: 4 }) }),
    begin: ({ stage }, given) =>
      stage.runtime.lambda.troubles.strike(
        striking(given, OUT_OF_MEMORY, (answered) => answered >= Number(given['calls'])),
      ),
  },
  {
    name: 'function-does-not-start',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
    draws: fc.record({ which, times }),
    begin: ({ stage }, given) =>
      stage.runtime.lambda.troubles.strike(striking(given, NOT_STARTED, (answered) => answered === 0)),
  },
  {
    name: 'function-times-out',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
    draws: fc.record({ which, times, isDone: fc.boolean() }),
    begin({ stage: { runtime } }, given) {
      const strikes = timesOf(given['times']);
      return runtime.wire.troubles.silence(({ role }) =>
        role.includes(String(given['which'])) && strikes()
          ? { seconds: 900, isDone: given['isDone'] === true }
          : null,
      );
    },
  },
  {
    name: 'concurrency-used-up',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
    draws: fc.constant({}),
    begin({ stage: { runtime } }) {
      runtime.lambda.refuse(Infinity);
      return () => runtime.lambda.refuse(0);
    },
  },
  {
    name: 'function-runs-twice',
    source: ASYNC,
    draws: fc.record({ share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'function-runs-twice', given['share']);
      return night.stage.runtime.queued.duplicate(() => strikes());
    },
  },
  {
    name: 'task-retried-after-success',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html',
    draws: fc.record({ which, share }),
    begin(night, given) {
      const strikes = chanceOf(night, 'task-retried-after-success', given['share']);
      return night.stage.runtime.states.miss((name) => name.includes(String(given['which'])) && strikes());
    },
  },
  {
    name: 'clock-skewed',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html',
    draws: fc.record({ which, skewSeconds: fc.integer({ min: -120, max: 120 }) }),
    begin: ({ stage }, given) =>
      stage.runtime.lambda.troubles.skew((name) =>
        name.includes(String(given['which'])) ? Number(given['skewSeconds']) * 1000 : 0,
      ),
  },
];

/** Strikes functions of a name so many times. */
function striking(
  given: Readonly<Record<string, unknown>>,
  error: Failure,
  isAt: (answered: number) => boolean,
): Strike {
  const strikes = timesOf(given['times']);
  return (name, answered) =>
    name.includes(String(given['which'])) && isAt(answered) && strikes() ? error : null;
}
