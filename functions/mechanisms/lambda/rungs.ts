import type { Rung } from '../../../src/rollback/plan.ts';
import type { Provisioned } from './lambda.ts';

export const UPDATE_ALIAS = 'update-alias';

/** An alias changes at once. Lambda is eventually consistent, and an idle version takes time to become active. */
const WITHIN_SECONDS = 120;

/** AWS documents one or two minutes (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html). */
const PROVISIONED_WITHIN_SECONDS = 900;

export function rungsOf(alias: string, to: string, provisioned: Provisioned | null): readonly [Rung] {
  return [
    {
      name: UPDATE_ALIAS,
      does: `points the alias ${alias} at ${to}, and clears its weights`,
      withinSeconds: provisioned === null ? WITHIN_SECONDS : PROVISIONED_WITHIN_SECONDS,
    },
  ];
}

/** Returns the rung that writes nothing, because the alias already points there. */
export function joiningRungs(alias: string, to: string): readonly [Rung] {
  return [
    {
      name: 'lambda-moves',
      does: `lets Lambda move the alias ${alias} to ${to} when it has provisioned ${to}`,
      withinSeconds: PROVISIONED_WITHIN_SECONDS,
    },
  ];
}
