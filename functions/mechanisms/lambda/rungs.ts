import type { Rung } from '../../../src/rollback/plan.ts';

export const UPDATE_ALIAS = 'update-alias';

/**
 * An alias changes at once. One with provisioned concurrency waits for it, for one or two minutes as AWS documents
 * (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html), and the alias does not show whether it
 * has any. An idle version takes time to become active.
 */
const WITHIN_SECONDS = 900;

export function rungsOf(alias: string, to: string): readonly [Rung] {
  return [
    {
      name: UPDATE_ALIAS,
      does: `points the alias ${alias} at ${to}, and clears its weights`,
      withinSeconds: WITHIN_SECONDS,
    },
  ];
}

/** Returns the rung that writes nothing, because the alias already points there. */
export function joiningRungs(alias: string, to: string): readonly [Rung] {
  return [
    {
      name: 'lambda-moves',
      does: `lets Lambda move the alias ${alias} to ${to} when it has provisioned ${to}`,
      withinSeconds: WITHIN_SECONDS,
    },
  ];
}
