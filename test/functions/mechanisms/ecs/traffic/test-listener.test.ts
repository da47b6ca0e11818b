import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from 'vitest';
import { testProbesOf } from '../../../../../functions/mechanisms/ecs/traffic/test-listener.ts';

const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
const USERS = `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee`;
const TESTS = `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/73e2d6bc24d8a067/1291d13826f405c3`;
const URLS = ['http://shop.example.com/health'];

/** Returns the probes through a test rule with these conditions. */
async function through(conditions: readonly RuleCondition[], protocol = 'HTTPS', testListenerRule = TESTS) {
  const asked: string[] = [];
  const advancedConfiguration = { productionListenerRule: USERS, testListenerRule };
  const probes = await testProbesOf([{ advancedConfiguration }], URLS, (rule) => {
    asked.push(rule);
    return Promise.resolve({ protocol, port: 8443, conditions });
  });
  return { probes, asked };
}

const path = (...Values: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { Values },
});
const host = (...Values: string[]): RuleCondition => ({ Field: 'host-header', HostHeaderConfig: { Values } });

test('a probe goes to the port and by the protocol of the test listener', async () => {
  expect((await through([])).probes).toEqual(['https://shop.example.com:8443/health']);
  expect((await through([], 'TCP')).probes).toEqual(['http://shop.example.com:8443/health']);
});

test('a rule on the listener of users is no way to the new side alone', async () => {
  const own = USERS.replace(/[^/]*$/, 'aaaaaaaaaaaaaaaa');
  expect(await through([], 'HTTP', own)).toEqual({ probes: [], asked: [] });
});

test.each<[RuleCondition[], number]>([
  [[path('/*'), host('SHOP.example.com')], 1],
  [[path('/orders', '/he?lth')], 1],
  [[path('/orders')], 0],
  [[path('/health.')], 0],
  [[host('test.example.com')], 0],
  [[{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-test', Values: ['1'] } }], 0],
])('conditions %j let %d of one probe through', async (conditions, count) => {
  expect((await through(conditions)).probes).toHaveLength(count);
});
