import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { SweptKind } from '../../../src/targets/kind.ts';
import { deployed } from './deployed.ts';
import { createCodeDeploy } from './sdk.ts';
import { seen } from './seen.ts';

/** What the sweep asks of CodeDeploy. It is told what is tagged and needs no ARNs. */
export function createSweptKind({ connect, now }: Surroundings): SweptKind {
  const codedeploy = createCodeDeploy(connect(CodeDeployClient), '');
  return {
    deployed: (observed, { optedIn }) => deployed(codedeploy, () => optedIn('here'), observed),
    seen: async ({ optedIn }) => seen(codedeploy, await optedIn('here'), now()),
  };
}
