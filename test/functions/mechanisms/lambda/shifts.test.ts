import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { createShifts } from '../../../../functions/mechanisms/lambda/shifts.ts';

interface Found {
  readonly id: string;
  readonly platform?: 'Lambda' | 'Server';
  readonly functionName?: string;
  readonly alias?: string;
  /** Name of the error that CodeDeploy returns for its targets. */
  readonly refused?: string;
}

/** CodeDeploy with these deployments in flight; a page has thirty. */
function clientOf(all: readonly Found[]) {
  const calls: string[] = [];
  const find = (id = '') => all.find((one) => one.id === id)!;
  const answers: Readonly<Record<string, (input: Record<string, never>) => object>> = {
    ListDeployments: ({ nextToken = '0', includeOnlyStatuses = [] }) => {
      expect(includeOnlyStatuses).toEqual(['Created', 'Queued', 'InProgress', 'Baking', 'Ready']);
      const from = Number(nextToken);
      const next = from + 30 < all.length ? { nextToken: String(from + 30) } : {};
      return { deployments: all.slice(from, from + 30).map(({ id }) => id), ...next };
    },
    BatchGetDeployments: ({ deploymentIds = [] }) => {
      const ids: readonly string[] = deploymentIds;
      expect(ids.length).toBeLessThanOrEqual(25);
      return {
        deploymentsInfo: ids.map((deploymentId) => ({
          deploymentId,
          ...{ applicationName: 'shop', deploymentGroupName: 'checkout' },
          computePlatform: find(deploymentId).platform ?? 'Lambda',
        })),
      };
    },
    ListDeploymentTargets: ({ deploymentId }) => {
      const { refused } = find(deploymentId);
      if (refused !== undefined) throw Object.assign(new Error(refused), { name: refused });
      return { targetIds: ['target'] };
    },
    BatchGetDeploymentTargets: ({ deploymentId, targetIds }) => {
      expect(targetIds).toEqual(['target']);
      const { functionName = 'checkout', alias = 'live' } = find(deploymentId);
      const lambdaFunctionInfo = { functionName, functionAlias: alias };
      return { deploymentTargets: [{ lambdaTarget: { lambdaFunctionInfo } }] };
    },
  };
  const send = (command: { readonly input: unknown }): Promise<object> => {
    const operation = command.constructor.name.replace('Command', '');
    calls.push(operation);
    return new Promise((resolve) => resolve(answers[operation]!(command.input as Record<string, never>)));
  };
  return { calls, client: Object.assign(new CodeDeployClient(), { send }) };
}

const LIVE = { functionName: 'checkout', alias: 'live' };
const of = (...all: readonly Found[]) => createShifts(clientOf(all).client).of(LIVE);

describe('the shift of an alias', () => {
  test('is the deployment in flight that names it', async () => {
    const others: readonly Found[] = [
      { id: 'd-1', alias: 'beta' },
      { id: 'd-2', functionName: 'basket' },
    ];
    expect(await of(...others)).toBeNull();
    expect(await of(...others, { id: 'd-3' })).toEqual({
      deployment: 'd-3',
      target: 'codedeploy:shop/checkout',
    });
  });

  test('may name the function by its ARN', async () => {
    const functionName = 'arn:aws:lambda:eu-west-1:111122223333:function:checkout';
    expect(await of({ id: 'd-1', functionName })).toMatchObject({ deployment: 'd-1' });
    expect(await of({ id: 'd-1', functionName: functionName.replace('checkout', 'recheckout') })).toBeNull();
  });

  test('is found beyond the first page and the first batch', async () => {
    const servers = Array.from({ length: 40 }, (_, i): Found => ({ id: `d-${i}`, platform: 'Server' }));
    const { client, calls } = clientOf([...servers, { id: 'd-last' }]);
    expect(await createShifts(client).of(LIVE)).toMatchObject({ deployment: 'd-last' });
    expect(calls.filter((call) => call === 'ListDeployments')).toHaveLength(2);
    expect(calls.filter((call) => call === 'ListDeploymentTargets')).toHaveLength(1);
  });

  test('is none that has not started, or that ended after it was listed', async () => {
    const refused = ['DeploymentNotStartedException', 'DeploymentDoesNotExistException'];
    expect(await of(...refused.map((name, i) => ({ id: `d-${i}`, refused: name })))).toBeNull();
    await expect(of({ id: 'd-1', refused: 'ThrottlingException' })).rejects.toThrow('ThrottlingException');
  });
});
