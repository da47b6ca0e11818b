import '../../paths/silence-logs.ts';
import { describe, expect, it } from 'vitest';
import { createTargets } from '../../../src/slack/targets.ts';
import { taggedTargets } from '../../../src/targets/tagged.ts';

const of = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;

describe('targets that are tagged', () => {
  it('are read from the ARNs of tagged resources, and from the names of groups', async () => {
    const arns = [
      of('ecs', 'service/prod/checkout'),
      of('ecs', 'service/checkout'),
      of('codedeploy', 'deploymentgroup:shop/fleet'),
      of('elasticloadbalancing', 'listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2'),
      of('elasticloadbalancing', 'targetgroup/shop/50dc6c495c0c9188'),
      of('lambda', 'function:checkout'),
      'arn:aws:route53:::hostedzone/Z3M3LMPEXAMPLE',
      of('s3', 'bucket'),
    ];
    const optedIn = () => Promise.resolve(arns.map((arn) => ({ arn, tags: {} })));
    const groups = () => Promise.resolve(['web-fleet', 'with space']);
    expect(await taggedTargets({ optedIn, groups })).toEqual([
      'ecs:prod/checkout',
      'codedeploy:shop/fleet',
      `elb:${of('elasticloadbalancing', 'listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2')}`,
      'asg:web-fleet',
    ]);
  });

  it('are united with the targets in the ledger, each once and in order', async () => {
    const targets = createTargets(
      () => Promise.resolve(['lambda:checkout/live', 'asg:web-fleet']),
      () => Promise.resolve(['ecs:prod/checkout', 'asg:web-fleet']),
      1_000,
    );
    expect(await targets()).toEqual({
      targets: ['asg:web-fleet', 'ecs:prod/checkout', 'lambda:checkout/live'],
      unread: false,
    });
  });

  it.each([
    ['refuses to say', () => Promise.reject(new Error('ThrottledException'))],
    ['does not say in time', () => new Promise<never>(() => undefined)],
  ])('are those of the ledger if AWS %s, marked as unread', async (_, tagged) => {
    const targets = createTargets(() => Promise.resolve(['asg:web-fleet']), tagged, 1);
    expect(await targets()).toEqual({ targets: ['asg:web-fleet'], unread: true });
  });
});
