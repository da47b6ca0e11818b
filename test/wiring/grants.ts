import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import type { Statement } from '@lastgood/embedded-aws/runtime/stack/stack.ts';
import { PARAMETERS } from '../../local/scenarios/stage.ts';
import { PACKAGED } from '../../scripts/package.ts';

/** One action of one statement of a role. */
export interface Grant {
  /** Name of the function or the state machine that has the role: `mechanism-ecs`, `RollbackStateMachineRole`. */
  readonly role: string;
  readonly effect: Statement['Effect'];
  readonly action: string;
  readonly resources: readonly string[];
  readonly when: Statement['Condition'];
}

export const stack = readStack(PACKAGED, '.', PARAMETERS);

/** Every grant of the packaged template, and every denial. */
export const grants: readonly Grant[] = stack.roles.flatMap(({ name, policies }) =>
  policies
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Effect, Action, Resource = [], Condition }) =>
      [Action].flat().map((action) => ({
        role: /^lastgood-prod-(.*)-eu-west-1-role$/.exec(name)?.[1] ?? name,
        effect: Effect,
        action,
        resources: [Resource].flat(),
        when: Condition,
      })),
    ),
);

export const allowed = grants.filter(({ effect }) => effect === 'Allow');

/** Says whether an action changes nothing, by the names that AWS gives to reads. */
export function isRead({ action }: Grant): boolean {
  return /:(Describe|Filter|Get|GET$|List|Lookup|BatchGet|Query|Scan)/.test(action);
}
