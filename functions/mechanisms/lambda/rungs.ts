import type { Rung } from '../../../src/rollback/plan.ts';
import type { Provisioned } from './lambda.ts';

export const UPDATE_ALIAS = 'update-alias';

/** An alias is changed at once; Lambda is eventually consistent, and a version that slept has to wake up. */
const WITHIN_SECONDS = 120;

/** AWS speaks of a minute or two (https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html). */
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

/** The alias points there already; nothing is written. */
export function joiningRungs(alias: string, to: string): readonly [Rung] {
  return [
    {
      name: 'lambda-moves',
      does: `lets Lambda move the alias ${alias} to ${to}, as soon as that has its provisioned concurrency`,
      withinSeconds: PROVISIONED_WITHIN_SECONDS,
    },
  ];
}
