import { describe, expect, it } from 'vitest';
import { canMove, parameterOf } from '../../../../functions/mechanisms/asg/image.ts';
import { wanted, withWay } from '../../../contract/walk.ts';
import { FORGOTTEN_SECONDS, Stage, TARGET } from './stage.ts';

const PARAMETER = 'resolve:ssm:/web/ami';

/** Puts images into the parameter. */
class WithParameter extends Stage {
  put(image: string): void {
    const Value = this.world.ec2.bake(image, {
      ...{ startSeconds: 60, health: 'passes', errorRate: image === 'bad' ? 1 : 0, latency: 0.1 },
    });
    const input = { Name: '/web/ami', Type: 'String', Overwrite: true, Value };
    this.call(this.world.ssm, 'PutParameter', input);
  }
}

/** Sets up a group whose versions take their image from a parameter, which names a bad one since the second version. */
async function moved(data: readonly [object, object], { isMoved = true } = {}): Promise<WithParameter> {
  const stage = new WithParameter();
  stage.put('good');
  stage.create(stage.version({}, { ImageId: PARAMETER, ...data[0] }));
  await stage.pass(120);
  stage.refresh('1');
  await stage.ended();
  stage.ledger.prove(stage.id('1'));
  if (isMoved) stage.put('bad');
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

  it('is no way back either if the versions differ otherwise, and the image became another with the release', async () => {
    const stage = await moved([{}, { InstanceType: 'm7g.xlarge' }]);
    const plan = await stage.mechanism.plan(wanted(TARGET));
    expect(plan).toMatchObject({ state: 'no-way-back' });
    expect('reason' in plan && plan.reason).toMatch(
      /would change nothing of the image: it launched ami-\w+, and the parameter \/web\/ami names ami-\w+ now/,
    );
  });

  it('is asked about if EC2 no longer shows what the good version ran', async () => {
    const stage = await moved([{}, { InstanceType: 'm7g.xlarge' }]);
    await stage.pass(FORGOTTEN_SECONDS);
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.notes).toEqual(['the image stays: both versions take it from the parameter /web/ami']);
    expect(plan.doubt).toMatch(/the image stays: .*, and EC2 no longer shows which one the good version ran/);
  });

  it('is asked about too if nobody lets Lastgood read the parameter', async () => {
    const stage = await moved([{}, { InstanceType: 'm7g.xlarge' }]);
    await stage.pass(FORGOTTEN_SECONDS);
    stage.ec2.launchesNow = () => Promise.resolve(null);
    expect(withWay(await stage.mechanism.plan(wanted(TARGET))).doubt).toMatch(/the image stays/);
  });

  it('stays without a question if both versions ran the same one', async () => {
    const stage = await moved([{}, { InstanceType: 'm7g.xlarge' }], { isMoved: false });
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.notes).toEqual(['the image stays: both versions take it from the parameter /web/ami']);
    expect(plan).not.toHaveProperty('doubt');
  });

  it.each([[{}], [{ InstanceType: 'm7g.xlarge' }]])(
    'comes back with the version if an operator has set the parameter back, beside %j',
    async (data) => {
      const stage = await moved([{}, data]);
      stage.put('good');
      const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
      expect(plan).toMatchObject({ to: { id: stage.id('1') }, notes: [] });
      expect(plan).not.toHaveProperty('doubt');
    },
  );

  it('is a doubt if the parameter names a third one now', async () => {
    const stage = await moved([{}, {}]);
    stage.put('third');
    expect(withWay(await stage.mechanism.plan(wanted(TARGET))).notes).toEqual([
      expect.stringMatching(/^its image is ami-\w+, which the parameter .* names now; it is not known/),
    ]);
  });

  it.each([
    [false, /^its image is ami-\w+, which the parameter \/web\/ami names now; it is not known to have run/],
    [true, /^its image is the one that the parameter \/web\/ami names now; it was not checked$/],
  ])('is a doubt if only the good version takes it from there; unreadable: %s', async (isHidden, note) => {
    const stage = await moved([{}, {}]);
    stage.refresh(stage.version());
    await stage.ended();
    if (isHidden) stage.ec2.launchesNow = () => Promise.resolve(null);
    const plan = withWay(await stage.mechanism.plan(wanted(TARGET)));
    expect(plan.notes).toEqual([expect.stringMatching(note)]);
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
