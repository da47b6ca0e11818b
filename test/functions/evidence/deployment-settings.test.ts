import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { deploymentSettings } from '../../../functions/evidence/ecs/deployment-settings.ts';
import { ecsReads } from '../../../functions/evidence/ecs/reads.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Deployment } from '../../../src/rollback/plan.ts';
import { AT, ready, request } from '../../src/rollback/documents.ts';

const never = new AbortController().signal;
const arn = (id: string) => `arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/${id}`;

function deployed(id: string, revision: Deployment['revision'], more: Partial<Deployment> = {}): Deployment {
  return { id, state: 'completed', startedAt: AT, revision, isRollback: false, ...more };
}

const RECENT = [
  deployed(`${arn('v2')}#rollback`, ready.to, { isRollback: true }),
  deployed(arn('v2'), ready.from),
  deployed(arn('failed'), ready.to, { state: 'failed' }),
  deployed(arn('v1'), ready.to),
];

/** Reads the settings of two deployments as ECS would describe them. */
async function read(
  settings: Readonly<Record<string, DeploymentConfiguration | undefined>>,
  recent: readonly Deployment[] = RECENT,
) {
  const asked: unknown[] = [];
  const client = {
    send: ({ input }: { input: { serviceDeploymentArns: readonly string[] } }) => {
      asked.push(...input.serviceDeploymentArns);
      const serviceDeployments = input.serviceDeploymentArns.map((serviceDeploymentArn) => ({
        serviceDeploymentArn,
        deploymentConfiguration: settings[serviceDeploymentArn.split('/').at(-1)!],
      }));
      return Promise.resolve({ serviceDeployments });
    },
  };
  const watch = { ...ready.watch, tasks: { cluster: 'prod', service: 'checkout' } };
  const rollback = { request, plan: { ...ready, watch, recent } } as unknown as Planned;
  const found = await deploymentSettings(ecsReads(client as never)).read(rollback, never);
  return { asked, found };
}

describe('how ECS deploys', () => {
  it('is compared with the deployment before that completed, and the command puts it back', async () => {
    const { asked, found } = await read({
      v1: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 20, maximumPercent: 200 },
      v2: { strategy: 'ROLLING', maximumPercent: 200 },
    });
    expect(asked).toEqual([arn('v2'), arn('v1')]);
    expect(found).toEqual({
      lines: ['strategy BLUE_GREEN → ROLLING', 'bakeTimeInMinutes 20 → none'],
      companions: [
        {
          of: 'deployment-settings',
          says: 'How ECS deploys has changed since the deployment before the release: strategy BLUE_GREEN → ROLLING, bakeTimeInMinutes 20 → none.',
          command: `aws ecs update-service --cluster prod --service checkout --deployment-configuration '{"strategy":"BLUE_GREEN","bakeTimeInMinutes":20,"maximumPercent":200}'`,
        },
      ],
    });
  });

  it('shows no text of a hook, and offers no command that would hold one', async () => {
    const hook = {
      hookTargetArn: 'arn:aws:lambda:eu-west-1:111122223333:function:check',
      hookDetails: 'secret',
    };
    const { found } = await read({ v1: { lifecycleHooks: [hook] }, v2: {} });
    expect(found.companions).toEqual([
      {
        of: 'deployment-settings',
        says: 'How ECS deploys has changed since the deployment before the release: lifecycleHooks 1 of them → none.',
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('is nothing where it stayed the same', async () => {
    expect((await read({ v1: { maximumPercent: 200 }, v2: { maximumPercent: 200 } })).found).toEqual({
      lines: [],
    });
  });

  it('is nothing where ECS shows one deployment, or does not deploy the service itself', async () => {
    const alone = await read({ v2: { strategy: 'ROLLING' } }, [deployed(arn('v2'), ready.from)]);
    expect(alone).toEqual({ asked: [arn('v2')], found: { lines: [] } });
    expect(await read({}, [deployed('d-1', ready.from)])).toEqual({ asked: [], found: { lines: [] } });
  });
});
