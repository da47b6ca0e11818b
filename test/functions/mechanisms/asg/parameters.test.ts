import { describe, expect, it } from 'vitest';
import { canMove, parameterOf } from '../../../../functions/mechanisms/asg/image.ts';
import { wanted, withWay } from '../../../contract/walk.ts';
import { Stage, TARGET } from './stage.ts';

const PARAMETER = 'resolve:ssm:/web/ami';

/** Sets up a group whose versions take their image from a parameter, which names a bad one since the second version. */
async function moved(data: readonly [object, object]): Promise<Stage> {
  const stage = new Stage();
  const put = (Value: string) =>
    stage.call(stage.world.ssm, 'PutParameter', {
      ...{ Name: '/web/ami', Type: 'String', Overwrite: true },
      Value,
    });
  put(stage.world.ec2.bake('good', { startSeconds: 60, health: 'passes', errorRate: 0, latency: 0.1 }));
  stage.create(stage.version({}, { ImageId: PARAMETER, ...data[0] }));
  await stage.pass(120);
  stage.refresh('1');
  await stage.ended();
  stage.ledger.prove(stage.id('1'));
  put(stage.world.ec2.bake('bad', { startSeconds: 60, health: 'passes', errorRate: 1, latency: 0.1 }));
  stage.refresh(stage.version({}, { ImageId: PARAMETER, ...data[1] }));
  await stage.ended();
  return stage;
}

describe('an image that a parameter names', () => {
  it('is no way back if both versions take it from there and are otherwise equal', async () => {
    const stage = await moved([{}, {}]);
    const plan = await stage.mechanism.plan(wanted(TARGET));
    expect(plan).toMatchObject({ state: 'no-way-back', reads: ['/web/ami'] });
    expect('reason' in plan && plan.reason).toMatch(
      /passed over web:1: going back to it would change nothing: .*; its image comes from the parameter \/web\/ami: set that back$/,
    );
  });

  it('stays if the versions differ otherwise, and the plan says so', async () => {
    const stage = await moved([{}, { InstanceType: 'm7g.xlarge' }]);
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.notes).toEqual(['the image stays: both versions take it from the parameter /web/ami']);
  });

  it('is a doubt if only the good version takes it from there', async () => {
    const stage = await moved([{}, {}]);
    stage.refresh(stage.version());
    await stage.ended();
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.notes).toEqual([
      'its image is the one that the parameter /web/ami names now; it was not checked',
    ]);
    expect(plan).not.toHaveProperty('reads');
  });

  it('has no way back if the same version was launched again, and the plan says what would help', async () => {
    const stage = await moved([{}, {}]);
    stage.ledger.condemn(stage.id('1'));
    const plan = await stage.mechanism.plan(wanted(TARGET));
    expect('reason' in plan && plan.reason).toMatch(
      /^there is no last known good revision: .*; its image comes from the parameter \/web\/ami: set that back$/,
    );
  });

  it.each([
    ['ami-0a1b2c3d', null, false],
    ['resolve:ssm:golden', 'golden', true],
    ['resolve:ssm:/web/ami:3', '/web/ami', false],
    ['resolve:ssm:/web/ami:live', '/web/ami', true],
    [
      'resolve:ssm:arn:aws:ssm:eu-west-1:444455556666:parameter/web/ami',
      'arn:aws:ssm:eu-west-1:444455556666:parameter/web/ami',
      true,
    ],
    [
      'resolve:ssm:arn:aws:ssm:eu-west-1:444455556666:parameter/web/ami:3',
      'arn:aws:ssm:eu-west-1:444455556666:parameter/web/ami',
      false,
    ],
  ])('of %s is %s, and may become another: %s', (image, parameter, moves) => {
    expect(parameterOf(image)).toBe(parameter);
    expect(canMove(image)).toBe(moves);
  });
});
