import { describe, expect, it } from 'vitest';
import { MAX_RECENT_DEPLOYMENTS } from '../../../../../src/rollback/plan.ts';
import { ecrImage, stage } from '../stage.ts';

/** Returns the last deployments in a plan, newest first. */
async function linesOf({ plan }: ReturnType<typeof stage>) {
  const { recent = [], deployment } = await plan();
  expect(recent[0]).toEqual(deployment);
  return recent.map(({ revision, state, finishedAt, remains, isRollback }) =>
    [
      revision.name,
      state,
      finishedAt === undefined ? 'open' : 'over',
      ...(remains ? ['remains'] : []),
      ...(isRollback ? ['back'] : []),
    ].join(' '),
  );
}

describe('the last deployments', () => {
  it('are in every plan, newest first', async () => {
    const first = stage();
    first.ecs.deploy('checkout:1');
    expect(await first.plan()).toMatchObject({ state: 'no-way-back' });
    expect(await linesOf(first)).toEqual(['checkout:1 in-flight open']);
    const second = stage();
    second.ecs.deployed('checkout:1');
    second.ecs.deployed('checkout:2');
    expect(await linesOf(second)).toEqual(['checkout:2 completed over', 'checkout:1 completed over']);
  });

  it('still serve if they were stopped or superseded half-way', async () => {
    const staged = stage();
    const { ecs } = staged;
    ecs.deployed('checkout:1');
    ecs.deploy('checkout:2');
    ecs.fail();
    ecs.deploy('checkout:3');
    ecs.deploy('checkout:4');
    expect(await linesOf(staged)).toEqual([
      'checkout:4 in-flight open',
      'checkout:3 failed over remains',
      'checkout:2 failed over remains',
      'checkout:1 completed over',
    ]);
  });

  it('are followed by the way back after ECS rolled one back, but not during it', async () => {
    const staged = stage();
    const { ecs } = staged;
    ecs.deployed('checkout:1');
    ecs.deploy('checkout:2');
    ecs.pass(90);
    ecs.rollBack();
    expect(await linesOf(staged)).toEqual(['checkout:2 rolling-back open', 'checkout:1 completed over']);
    ecs.endRollback();
    expect(await linesOf(staged)).toEqual([
      'checkout:1 completed over back',
      'checkout:2 failed over',
      'checkout:1 completed over',
    ]);
    const { recent = [] } = await staged.plan();
    expect(recent[0]!.startedAt).toBe(ecs.newest.rollbackStartedAt);
    expect(recent[0]!.content).toBe(recent[2]!.content);
    expect(recent[1]!.id).toBe(ecs.newest.arn);
  });

  it('say what each deploys by content, and what a restart leaves unchanged', async () => {
    const { ecs, plan } = stage();
    const image = (digest: string) => [ecrImage('stable', digest)];
    ecs.deployed('checkout:1', {}, image('sha256:1'));
    ecs.deployed('checkout:1', {}, image('sha256:1'));
    ecs.deployed('checkout:1', { platformVersion: '1.3.0' }, image('sha256:2'));
    const [newest, restart, first] = (await plan()).recent ?? [];
    expect(restart?.content).toBe(first?.content);
    expect(newest?.content).not.toBe(first?.content);
    expect(restart?.changes).toEqual([]);
    expect(newest?.changes).toEqual([
      expect.stringMatching(/^image of app: .*sha256:1.* → .*sha256:2/) as string,
      'platformVersion of the service: none → set',
    ]);
  });

  it('say which rollout stops every task first', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:1');
    ecs.deployed('checkout:2');
    ecs.newest.takesAll = true;
    expect((await plan()).recent?.map(({ takesAll }) => takesAll)).toEqual([true, undefined]);
  });

  it('are no more than a plan may hold', async () => {
    const { ecs, plan } = stage();
    for (let release = 1; release <= 15; release++) ecs.deployed(`checkout:${release}`);
    ecs.deploy('checkout:16');
    ecs.rollBack();
    ecs.endRollback();
    const { recent = [] } = await plan();
    const releases = Array.from({ length: MAX_RECENT_DEPLOYMENTS - 1 }, (_, index) => 16 - index);
    expect(recent.map(({ revision }) => revision.name)).toEqual(
      [15, ...releases].map((release) => `checkout:${release}`),
    );
  });
});
