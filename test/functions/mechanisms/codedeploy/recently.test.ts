import { expect, test } from 'vitest';
import type { CodeDeploy, Group } from '../../../../functions/mechanisms/codedeploy/codedeploy.ts';
import { recentDeployments } from '../../../../functions/mechanisms/codedeploy/recent-deployments.ts';
import { after } from '../../../../src/rollback/time.ts';

const NOW = '2026-11-22T03:00:00.000Z';
const ARN = 'arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:shop/web';

/** Returns what is reported of a deployment that ended so many seconds ago. */
async function reported(status: 'Succeeded' | 'Failed', seconds: number): Promise<readonly string[]> {
  const last = { id: 'd-1', status, finishedAt: after(NOW, -seconds) };
  const group = {
    ...{ name: { application: 'shop', group: 'web' }, platform: 'Server' },
    ...{ lastAttempted: last, lastSuccessful: status === 'Succeeded' ? last : null },
  } as Group;
  const codedeploy: Pick<CodeDeploy, 'group' | 'deployment'> = {
    group: () => Promise.resolve(group),
    deployment: () => Promise.resolve(null),
  };
  const found = await recentDeployments(codedeploy as CodeDeploy, [{ arn: ARN, tags: {} }], NOW);
  return found.map(({ state }) => state);
}

test.each<['Succeeded' | 'Failed', number, readonly string[]]>([
  ['Succeeded', 3600, ['completed']],
  ['Succeeded', 3601, []],
  ['Failed', 600, ['failed']],
  ['Failed', 601, []],
])('of a deployment that %s %i seconds ago it reports %j', async (status, seconds, states) => {
  expect(await reported(status, seconds)).toEqual(states);
});
