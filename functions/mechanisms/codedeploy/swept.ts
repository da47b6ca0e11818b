import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { clientOptions } from '../../../src/aws/client.ts';
import { now } from '../../../src/lambda/now.ts';
import type { SweptKind } from '../../sweep/kind.ts';
import { deployed } from './deployed.ts';
import { createCodeDeploy } from './sdk.ts';
import { seen } from './seen.ts';
import { taggedGroups } from './tagged.ts';

/** What the sweep asks of CodeDeploy. It reads tags in one place and needs no ARNs. */
export function createSweptKind(): SweptKind {
  const codedeploy = createCodeDeploy(new CodeDeployClient(clientOptions), '');
  const tagging = new ResourceGroupsTaggingAPIClient(clientOptions);
  const groups = () => taggedGroups(tagging);
  return {
    deployed: (sighting) => deployed(codedeploy, groups, sighting),
    seen: () => seen(codedeploy, groups, now()),
  };
}
