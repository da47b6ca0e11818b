import { describe, expect, it } from 'vitest';
import { deployedRevision } from '../../../../functions/mechanisms/ecs/deployed.ts';
import { after } from '../../../../src/rollback/time.ts';
import { stage, TARGET } from './stage.ts';

const seen = (completedAt: string) => ({ target: TARGET, completedAt });

describe('deployedRevision', () => {
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

  it('says nothing of a revision that ECS no longer describes', async () => {
    const { ecs } = stage();
    ecs.known.delete(ecs.deployed('checkout:41'));
    expect(await deployedRevision(ecs, seen(ecs.newest.finishedAt!))).toBeNull();
  });
});
