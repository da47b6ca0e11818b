import { describe, expect, it } from 'vitest';
import { astray } from '../../../../../functions/mechanisms/ecs/traffic/astray.ts';
import { astrayIn } from '../../../../../functions/mechanisms/ecs/native/astray.ts';
import type { ServiceRevision } from '../../../../../functions/mechanisms/ecs/ecs.ts';
import type { Forwarding } from '../../../../../functions/mechanisms/ecs/traffic/balancer.ts';
import { sends } from '../external/task-sets.ts';

const RULE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/shop/1/2/3';
const group = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/1`;
const [blue, green, cart] = [group('blue'), group('green'), group('cart')];

describe('a rule that leads users away from what runs', () => {
  const of = (...forwardings: readonly Forwarding[]) =>
    astray({
      forwardings,
      serving: [green],
      isOwn: (one) => [blue, green].includes(one),
      runs: 'checkout:2',
    });

  it.each([
    ['all', { [blue]: 100, [green]: 0 }],
    ['a part', { [blue]: 1, [green]: 99 }],
  ])('is named where it sends %s of the traffic to the empty group', (_, weights) => {
    expect(of(sends(weights, RULE))).toBe(
      `Rule ${RULE} sends traffic to target group blue, which has no tasks. checkout:2 is behind target group green. The release did not cause that, and going back would not cure it`,
    );
  });

  it.each([
    ['all weights are zero', { [blue]: 0, [green]: 0 }],
    ['it sends users elsewhere', { [cart]: 100 }],
  ])('leads nowhere where %s', (_, weights) => {
    expect(of(sends(weights, RULE))).toMatch(
      /^No rule sends traffic to target group green, where checkout:2 is\./,
    );
  });

  it.each([
    ['it leads to what runs', { [blue]: 0, [green]: 100 }],
    ['another service gets a share on purpose', { [green]: 50, [cart]: 50 }],
  ])('is fine where %s', (_, weights) => {
    expect(of(sends(weights, RULE))).toBeNull();
  });

  it('is fine where another rule of the listener leads elsewhere', () => {
    expect(of(sends({ [cart]: 1 }, 'other'), sends({ [green]: 1 }, RULE))).toBeNull();
  });

  it('may be gone', () => {
    const gone = { forwardings: null, serving: [green], isOwn: () => true, runs: 'checkout:2' };
    expect(astray(gone)).toMatch(/^The rule that led users to target group green is gone\./);
    expect(astray({ ...gone, serving: [] })).toBeNull();
  });
});

describe('the rule of a service that ECS deploys itself', () => {
  const running = {
    configuration: {
      taskDefinition: 'checkout:2',
      loadBalancers: [
        {
          targetGroupArn: blue,
          advancedConfiguration: { alternateTargetGroupArn: green, productionListenerRule: RULE },
        },
      ],
    },
    targetGroups: [green],
  } as unknown as ServiceRevision;

  async function read(state: 'at-rest' | 'went-back' | 'rolling-out' | 'rolling-back', of = running) {
    const asked: string[] = [];
    const again = (places: readonly { readonly shownBy: string }[]) => {
      asked.push(...places.map(({ shownBy }) => shownBy));
      return Promise.resolve([sends({ [blue]: 1, [green]: 0 }, RULE)]);
    };
    const standing = { state, from: 'r', awsGoesTo: null } as Parameters<typeof astrayIn>[0]['standing'];
    return { says: await astrayIn({ standing, running: of }, { again }), asked };
  }

  it.each(['at-rest', 'went-back'] as const)('is read once %s', async (state) => {
    const { says, asked } = await read(state);
    expect(says).toContain('target group blue, which has no tasks');
    expect(asked).toEqual([RULE]);
  });

  it.each(['rolling-out', 'rolling-back'] as const)(
    'is not read while the deployment is %s',
    async (state) => {
      expect(await read(state)).toEqual({ says: null, asked: [] });
    },
  );

  it('is not read where the service has one target group', async () => {
    const rolling = {
      ...running,
      configuration: { taskDefinition: 'checkout:2', loadBalancers: [{ targetGroupArn: blue }] },
    };
    expect(await read('at-rest', rolling)).toEqual({ says: null, asked: [] });
  });
});
