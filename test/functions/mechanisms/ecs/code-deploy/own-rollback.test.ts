import { describe, expect, it } from 'vitest';
import {
  openCodeDeployShop,
  type CodeDeployOptions,
} from '../../../../../local/scenarios/ecs/code-deploy-shop.ts';
import { TARGET } from '../../../../../local/scenarios/ecs/target.ts';
import type { Stage } from '../../../../../local/scenarios/stage.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { mechanismOn, openWorld } from '../../../../contract/ecs-stage.ts';
import { planned, started, stopped } from '../../../../contract/walk.ts';

const WATCHES = { alarmConfiguration: { enabled: true, alarms: [{ name: 'checkout-latency' }] } };
const ROLLS_BACK = {
  autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM' as const] },
};

/** Rolls out `v2` over `v1`, whose tasks still run. */
async function over(group: CodeDeployOptions['group'] = { ...WATCHES, ...ROLLS_BACK }) {
  const stage = openWorld();
  const shop = await openCodeDeployShop(stage, { group });
  const bad = shop.release('v2');
  await stage.minutes(3);
  const { world } = stage;
  const byAlarm = async () => {
    const alarm = { AlarmName: 'checkout-latency', StateValue: 'ALARM', StateReason: 'test' };
    stage.call('cloudwatch', 'SetAlarmState', alarm);
    await shop.ended(bad);
    expect(show(bad).errorInformation?.code).toBe('ALARM_ACTIVE');
  };
  const show = (deploymentId: string) =>
    stage.call<{ deploymentInfo: Shown }>('codedeploy', 'GetDeployment', { deploymentId }).deploymentInfo;
  const newest = () =>
    stage.call<{ deployments: string[] }>('codedeploy', 'ListDeployments', {
      applicationName: 'shop',
      deploymentGroupName: 'checkout',
    }).deployments[0]!;
  return { stage, shop, bad, byAlarm, show, newest, ...mechanismOn(stage, TARGET, () => world.clock.iso()) };
}

interface Shown {
  readonly status: string;
  readonly errorInformation?: { readonly code: string };
}

type Run = (input: object, caller: { readonly role: string }) => unknown;

/** Records the calls of StopDeployment from now on. */
function stopsOf({ world }: Stage): readonly object[] {
  const asked: object[] = [];
  const { StopDeployment } = world.codedeploy.operations as unknown as Record<string, { run: Run }>;
  const { run } = StopDeployment!;
  StopDeployment!.run = (input, caller) => {
    asked.push(input);
    return run(input, caller);
  };
  return asked;
}

const written = (accepted: readonly string[]) =>
  accepted.filter((call) => call === 'StopDeployment' || call === 'CreateDeployment');

describe("CodeDeploy's own rollback, begun by the alarm between Plan and Stop", () => {
  it('is joined before it exists, without a write, and reported as native', async () => {
    const { mechanism, stage, shop, accepted, bad, byAlarm } = await over();
    const document = await planned(mechanism, TARGET);
    expect(document.plan.state).toBe('ready');
    await byAlarm();
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'reverting', deployment: bad });
    const under = await started(mechanism, after);
    expect(under.reverted).toMatchObject({ state: 'joined', rung: 0, deployment: bad });
    expect(await mechanism.settled(under)).toMatchObject({ state: 'pending' });
    await stage.minutes(3);
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled', byItself: true });
    expect(shop.serves('v1')).toBeNull();
    expect(written(accepted)).toEqual([]);
  });

  it('is joined if the stop came a moment too late', async () => {
    const { mechanism, accepted, calls, bad, byAlarm } = await over();
    const document = await planned(mechanism, TARGET);
    await byAlarm();
    expect(await mechanism.stop(document)).toMatchObject({ state: 'reverting', deployment: bad });
    expect(written(accepted)).toEqual([]);
    expect(calls.map(({ operation }) => operation)).toContain('StopDeployment');
  });

  it('is not reported as native if Lastgood requested it', async () => {
    const { mechanism, stage } = await over();
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    await stage.minutes(3);
    const look = await mechanism.settled(under);
    expect(look).toMatchObject({ state: 'settled' });
    expect(look).not.toHaveProperty('byItself');
  });

  it('delays the new deployment until its end if it restores a condemned revision', async () => {
    const { mechanism, stage, shop, ledger, accepted, bad, byAlarm, newest, show } = await over();
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ to: { id: shop.releases['v0'] }, rungs: [{ name: 'redeploy' }] });
    await byAlarm();
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'reverting', deployment: bad });
    const waiting = await started(mechanism, after);
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    await stage.minutes(0.08);
    const rollback = newest();
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    const second = await started(mechanism, waiting);
    expect(second.reverted).toMatchObject({ state: 'started', deployment: rollback });
    expect(await mechanism.settled(second)).toMatchObject({ state: 'pending' });
    await stage.minutes(1);
    expect(show(rollback).status).toBe('Succeeded');
    expect(await mechanism.settled(second)).toMatchObject({ state: 'due' });
    const under = await started(mechanism, second);
    expect(under.reverted.deployment).toBe(newest());
    await stage.minutes(5);
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
    expect(shop.serves('v0')).toBeNull();
    expect(written(accepted)).toEqual(['CreateDeployment']);
  });

  it('is not stopped by Stop if it already restores a condemned revision', async () => {
    const { mechanism, stage, shop, ledger, accepted, bad, byAlarm, newest, show } = await over();
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    await byAlarm();
    await stage.minutes(0.08);
    const rollback = newest();
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ state: 'ready', to: { id: shop.releases['v0'] } });
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'reverting', deployment: bad });
    const waiting = await started(mechanism, after);
    expect(waiting.reverted).toMatchObject({ state: 'started', deployment: rollback });
    await stage.minutes(1);
    expect(show(rollback).status).toBe('Succeeded');
    await started(mechanism, waiting);
    await stage.minutes(5);
    expect(shop.serves('v0')).toBeNull();
    expect(written(accepted)).toEqual(['CreateDeployment']);
  });

  it('does not count as stopped by Lastgood if it has ended by then', async () => {
    const { mechanism, stage, shop, ledger, byAlarm } = await over();
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    await byAlarm();
    await stage.minutes(2);
    const document = await planned(mechanism, TARGET);
    expect(document.plan).toMatchObject({ state: 'ready', to: { id: shop.releases['v0'] } });
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });
});

describe('a rollout whose own rollback would restore a condemned revision', () => {
  const onRequest = {
    autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST' as const] },
  };

  it('is stopped with a rollback, which ends its tasks; then the new deployment follows', async () => {
    const { mechanism, stage, shop, ledger, bad, accepted, newest } = await over();
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    const asked = stopsOf(stage);
    const document = await planned(mechanism, TARGET);
    expect(document.plan.notes).toContainEqual(expect.stringMatching(/^CodeDeploy first .* to checkout:2/));
    const after = await stopped(mechanism, document);
    expect(after.stopped).toMatchObject({ state: 'reverting', deployment: bad });
    expect(asked).toEqual([{ deploymentId: bad, autoRollbackEnabled: true }]);
    const waiting = await started(mechanism, after);
    expect(waiting.reverted).toMatchObject({ state: 'started', deployment: newest() });
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    await stage.minutes(1);
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    const under = await started(mechanism, waiting);
    expect(under.reverted.deployment).toBe(newest());
    expect(written(accepted)).toEqual(['StopDeployment', 'CreateDeployment']);
    await stage.minutes(5);
    expect(shop.serves('v0')).toBeNull();
    expect(await mechanism.settled(under)).toMatchObject({ state: 'settled' });
  });

  it('is not stopped again by a retry of Stop', async () => {
    const { mechanism, shop, ledger, bad, accepted } = await over(onRequest);
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    const document = await planned(mechanism, TARGET);
    await mechanism.stop(document);
    expect(await mechanism.stop(document)).toMatchObject({ state: 'reverting', deployment: bad });
    expect(written(accepted)).toEqual(['StopDeployment']);
  });

  it('blocks the new deployment if an operator stopped it and left its tasks', async () => {
    const { mechanism, shop, stage, ledger, accepted } = await over();
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    const document = await planned(mechanism, TARGET);
    await shop.stop();
    await stage.minutes(3);
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: expect.stringMatching(/^the tasks of checkout:2 are still behind .* by hand$/) as string,
    });
    expect(written(accepted)).toEqual([]);
  });

  it('is polled while it is being stopped, once, until it has ended', async () => {
    const { mechanism, shop, stage, ledger, bad, accepted, newest, show } = await over(onRequest);
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    stage.world.codedeploy.stopsAfter(300);
    const waiting = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    expect(waiting.reverted).toMatchObject({ state: 'started', deployment: bad });
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    await shop.ended(bad);
    expect(show(bad)).not.toHaveProperty('rollbackInfo.rollbackDeploymentId');
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'pending' });
    await stage.minutes(1);
    expect(await mechanism.settled(waiting)).toMatchObject({ state: 'due' });
    expect((await started(mechanism, waiting)).reverted.deployment).toBe(newest());
    expect(written(accepted)).toEqual(['StopDeployment', 'CreateDeployment']);
  });

  it('does not count as stopped if it ended well before', async () => {
    const { mechanism, shop, stage, ledger } = await over(onRequest);
    ledger.prove(shop.releases['v0']!);
    ledger.condemn(shop.releases['v1']!);
    const document = await planned(mechanism, TARGET);
    await stage.minutes(70);
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });
});

describe('a rollout that an operator stopped to deploy the fix', () => {
  it('does not count as stopped by Lastgood', async () => {
    const { mechanism, shop } = await over();
    const document = await planned(mechanism, TARGET);
    await shop.stop();
    shop.release('v3');
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });
});

describe('a deployment that the alarm stopped, without a rollback', () => {
  it('is replaced at once', async () => {
    const { mechanism, stage, accepted, byAlarm } = await over(WATCHES);
    const document = await planned(mechanism, TARGET);
    await byAlarm();
    const after = await stopped(mechanism, document);
    expect(after.stopped).toEqual({ state: 'not-running' });
    const under = await started(mechanism, after);
    expect(under.reverted).toMatchObject({ state: 'started', rung: 1 });
    expect(written(accepted)).toEqual(['CreateDeployment']);
    // The tasks of the same revision still run there.
    await stage.minutes(5);
    expect(await mechanism.settled({ ...under, rung: 1 })).toMatchObject({ state: 'settled' });
  });
});

describe('a deployment that an operator stopped without a rollback', () => {
  it('delays the next deployment no longer than a rollback takes to begin', async () => {
    const { mechanism, stage, shop } = await over();
    const document = await planned(mechanism, TARGET);
    await shop.stop();
    const under = await started(mechanism, await stopped(mechanism, document));
    expect(await mechanism.settled(under)).toMatchObject({ state: 'pending' });
    await stage.minutes(2);
    expect(await mechanism.settled(under)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('does not roll it back') as string,
    });
  });
});

describe('a deployment by Lastgood that CodeDeploy refuses', () => {
  const refusing = async (code: string) => {
    const { mechanism, stage } = await over();
    const document = await planned(mechanism, TARGET);
    await stage.minutes(70);
    const operations = stage.world.codedeploy.operations as unknown as Record<string, { run: Run }>;
    operations['CreateDeployment']!.run = () => {
      throw new AwsError(code, 'no');
    };
    return mechanism.revert({ ...document, rung: 1 });
  };

  it.each([
    'InvalidECSServiceException',
    'InvalidRevisionException',
    'InvalidRoleException',
    'InvalidTrafficRoutingConfigurationException',
  ])('fails if it can never be deployed: %s', async (name) => {
    expect(await refusing(name)).toEqual({ state: 'failed', reason: `${name}: no` });
  });

  it.each(['ThrottlingException', 'DeploymentLimitExceededException'])(
    'is a surprise by %s',
    async (name) => {
      await expect(refusing(name)).rejects.toMatchObject({ name });
    },
  );
});

describe('the target group after the way back', () => {
  const groupsOf = (look: object) =>
    'targetGroups' in look
      ? (look.targetGroups as readonly { readonly arn: string; readonly wanted: number }[]).map(
          ({ arn, wanted }) => [/targetgroup\/([^/]+)/.exec(arn)?.[1], wanted],
        )
      : [];

  it('is the group of the task set that still ran', async () => {
    const { mechanism, stage } = await over();
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    await stage.minutes(3);
    expect(groupsOf(await mechanism.settled(under))).toEqual([['checkout-green', 4]]);
  });

  it('is the group of the new task set, which no plan could name', async () => {
    const stage = openWorld();
    const shop = await openCodeDeployShop(stage, { keepsOldMinutes: 0 });
    await shop.ended(shop.release('v2'));
    const { mechanism } = mechanismOn(stage, TARGET, () => stage.world.clock.iso());
    const under = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    expect(under.plan.watch.targetGroups).toEqual([]);
    expect(groupsOf(await mechanism.settled(under))).toEqual([]);
    await stage.minutes(5);
    expect(groupsOf(await mechanism.settled(under))).toEqual([['checkout-green', 4]]);
  });
});
