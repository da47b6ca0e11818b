import { expect, it } from 'vitest';
import { onlyScales } from '../../../src/aws/scaling-alarms.ts';

const POLICY =
  'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:6d8972f3-efc8-437c-92d1-6270f29a66e7:resource/ecs/service/prod/checkout:policyName/cpu';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:on-call';

it.each<[boolean, string, readonly string[]]>([
  [true, 'TargetTracking-service/prod/checkout-AlarmHigh-d4f0770c-b46e-434a-a60f-3b36d653feca', [POLICY]],
  [true, 'TargetTracking-service/prod/checkout-AlarmLow-1b437334-d19b-4a63-a812-6c67aaf2910d', []],
  [true, 'checkout-cpu', [POLICY, POLICY]],
  [false, 'checkout-cpu', [POLICY, TOPIC]],
  [false, 'checkout-cpu', [TOPIC]],
  [false, 'checkout-cpu', []],
])('%s: alarm %s with the actions %j only scales', (is, AlarmName, actions) => {
  expect(onlyScales({ AlarmName, AlarmActions: [...actions] })).toBe(is);
});
