import type { Both } from '../../../src/rollback/explained.ts';
import { shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import type { Deployments } from './gateway.ts';
import { deploymentIn, variablesIn } from './side.ts';

/** Returns the traits of two sides. The description and the date are those of deployments that were read. */
export function traitsOfBoth(from: string, to: string, deployments: Deployments | null): Both {
  return [traitsOf(from, deployments), traitsOf(to, deployments)];
}

/** Stage variables hold no secrets, so they are shown. */
function traitsOf(side: string, deployments: Deployments | null): Traits {
  const id = deploymentIn(side);
  const deployment = deployments?.get(id);
  const variables = variablesIn(side);
  const named = Object.entries(variables ?? {}).map(
    ([name, value]) => [`stage variable ${name}`, value] as const,
  );
  return {
    ...shownTraits({
      deployment: id,
      created: deployment?.createdAt,
      description: deployment?.description,
      ...Object.fromEntries(named),
    }),
    ...(variables === null && { 'stage variables': { hidden: side.slice(id.length) } }),
  };
}
