import { leaksIn } from '../../scenarios/leaks.ts';
import type { Invariant } from './invariant.ts';

/** Errors of JavaScript that no outside world causes. */
const MISTAKES =
  /^(TypeError|ReferenceError|SyntaxError|RangeError|EvalError|URIError|AssertionError|\$?ZodError)$/;
/** What Slack refuses because of the workspace, and not because of the message. */
const NOT_OURS = new Set(['ratelimited', 'invalid_auth', 'expired_url', 'used_url']);

export const hygiene: readonly Invariant[] = [
  {
    name: 'no-secret-leaves',
    because: 'facts R3: tokens, keys and environments stay where they are',
    broken: ({ stage }) => leaksIn(stage),
  },
  {
    name: 'no-mistake-of-programming',
    because:
      'copilot issue 1879 and Argo Rollouts issue 1292: a nil in a rare branch, in the night when it is needed',
    broken: ({ stage: { runtime } }) => {
      const { invocations } = runtime;
      const failed = invocations.filter(({ error }) => error !== undefined && MISTAKES.test(error));
      return failed.map(({ at, function: of, error, answer }) => {
        const says = answer.state === 'failed' ? answer.error.errorMessage : '';
        return `${at.slice(11, 19)} ${of}: ${error} ${says}`;
      });
    },
  },
  {
    name: 'slack-takes-every-message',
    because:
      'flagger issues 1663 and 1816: a rollback without a message; https://docs.slack.dev/apis/web-api/',
    broken: ({ stage: { slack } }) => {
      if (slack.server.calls.length === 0) return null;
      return slack.server.refusals
        .filter(({ error }) => !NOT_OURS.has(error))
        .map(({ at, method, error }) => `${new Date(at).toISOString().slice(11, 19)} ${method}: ${error}`);
    },
  },
];
