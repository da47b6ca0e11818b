import { describe, expect, it } from 'vitest';
import { deployedRevision as deployedOf } from '../../../../functions/mechanisms/ecs/deployed.ts';
import type { FakeEcs } from '../../../fakes/ecs.ts';
import { after } from '../../../../src/rollback/time.ts';
import { stage, TARGET } from './stage.ts';

/** Looks up a deployment of a service that does not run its revision any more. */
const deployedRevision = (ecs: FakeEcs, observed: ReturnType<typeof seen>) =>
  deployedOf(ecs, observed, { revisions: [] });

/** An event whose number is none of the service's revisions, unless a test gives it one. */
const seen = (completedAt: string, deployment = 'ecs-svc/77') => ({
  target: TARGET,
  deployment,
  completedAt,
});
const idOf = (revision: string) => `ecs-svc/${revision.split('/').at(-1)}`;

describe('deployedRevision', () => {
  it('finds the revision by the number in the event, whatever else ended at that time', async () => {
    const { ecs } = stage();
    const first = ecs.deployed('checkout:41');
    ecs.pass(3600);
    const second = ecs.deployed('checkout:42');
    const finishedAt = ecs.newest.finishedAt!;
    expect(await deployedRevision(ecs, seen(finishedAt, idOf(first)))).toMatchObject({ arn: first });
    expect(await deployedRevision(ecs, seen(after(finishedAt, 7200), idOf(second)))).toMatchObject({
      arn: second,
    });
  });

  it('finds what a rollback restored by its number', async () => {
    const { ecs } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.rollBack();
    ecs.endRollback();
    const later = after(ecs.newest.finishedAt!, 7200);
    expect(await deployedRevision(ecs, seen(later, idOf(good)))).toMatchObject({ arn: good });
  });

  it.each([
    ['of a deployment that failed', (failed: string) => idOf(failed)],
    ['of a task set', (failed: string) => failed.replace('service-revision', 'task-set')],
    ['without a number', () => 'ecs-svc/'],
  ])('goes by time where the event has an id %s', async (_, idFrom) => {
    const { ecs } = stage();
    ecs.deploy('checkout:41');
    ecs.fail();
    const failed = ecs.newest.revision;
    ecs.pass(3600);
    const good = ecs.deployed('checkout:42');
    const asked = seen(ecs.newest.finishedAt!, idFrom(failed));
    expect(await deployedRevision(ecs, asked)).toMatchObject({ arn: good });
    expect(await deployedRevision(ecs, { ...asked, completedAt: ecs.lines[1]!.finishedAt! })).toBeNull();
  });

  it('finds the revision by the time at which its deployment finished', async () => {
    const { ecs } = stage();
    const first = ecs.deployed('checkout:41');
    const finishedAt = ecs.newest.finishedAt!;
    ecs.pass(3600);
    const second = ecs.deployed('checkout:42');
    expect(await deployedRevision(ecs, seen(after(finishedAt, 2)))).toMatchObject({ arn: first });
    expect(await deployedRevision(ecs, seen(after(ecs.newest.finishedAt!, -1)))).toMatchObject({
      arn: second,
    });
  });

  it('takes the nearest of two that finished soon after each other', async () => {
    const { ecs } = stage();
    const first = ecs.deployed('checkout:41');
    const finishedAt = ecs.newest.finishedAt!;
    ecs.deployed('checkout:42');
    expect(await deployedRevision(ecs, seen(after(finishedAt, 20)))).toMatchObject({ arn: first });
  });

  it('knows nothing of a time at which nothing finished, and nothing of failures', async () => {
    const { ecs } = stage();
    ecs.deployed('checkout:41');
    ecs.pass(3600);
    ecs.deploy('checkout:42');
    ecs.fail();
    expect(await deployedRevision(ecs, seen(ecs.newest.finishedAt!))).toBeNull();
  });

  it('takes a completed rollback for a deployment of what it went back to', async () => {
    const { ecs } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.pass(3600);
    ecs.deploy('checkout:42');
    ecs.rollBack();
    ecs.endRollback();
    expect(await deployedRevision(ecs, seen(ecs.newest.finishedAt!))).toMatchObject({ arn: good });
  });

  it('needs no list of deployments where the revision with the number runs', async () => {
    const { ecs } = stage();
    const revision = ecs.deployed('checkout:41');
    const deployments = () => Promise.reject(new Error('not to be asked'));
    const running = { revisions: [{ revision, requested: 2, running: 2 }] };
    const observed = seen(ecs.newest.finishedAt!, idOf(revision));
    const reads = {
      deployments,
      deployment: deployments,
      revisions: (arns: readonly string[]) => ecs.revisions(arns),
    };
    expect(await deployedOf(reads, observed, running)).toMatchObject({ arn: revision });
  });

  it('says nothing of a revision that ECS no longer describes', async () => {
    const { ecs } = stage();
    ecs.known.delete(ecs.deployed('checkout:41'));
    expect(await deployedRevision(ecs, seen(ecs.newest.finishedAt!))).toBeNull();
  });
});
