import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stackOf } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { resolveTemplate, type Template } from '@lastgood/embedded-aws/runtime/stack/template.ts';
import { PACKAGED } from '../../scripts/package.ts';

const template = JSON.parse(readFileSync(PACKAGED, 'utf8')) as Template;

/** The functions that requests from outside reach, directly or handed over. */
const DOORS = ['answer-slack', 'on-slack', 'on-webhook', 'open-report', 'suggest-slack'];

function stack(parameters: Readonly<Record<string, string>>) {
  return stackOf(resolveTemplate(template, { parameters }), '/');
}

describe('requests from outside', () => {
  it('reach a function only at a limited rate, on every route', () => {
    const { routes } = stack({});
    expect(routes.length).toBeGreaterThan(0);
    for (const { key, throttle } of routes) expect([key, throttle]).toEqual([key, { rate: 10, burst: 20 }]);
  });

  it('reach no function without a cap of its own, where the parameter says how many', () => {
    const { routes, functions } = stack({ DoorConcurrency: '5' });
    const capped = functions.filter(({ reservedConcurrency }) => reservedConcurrency === 5);
    expect(capped.map(({ name }) => name.replace('lastgood-prod-', '')).toSorted()).toEqual(DOORS);
    const reached = routes.map(
      (route) => functions.find(({ arn }) => arn === route.function)?.reservedConcurrency,
    );
    expect(new Set(reached)).toEqual(new Set([5]));
  });

  it('find nothing reserved as delivered, because a new account may have no more than ten executions', () => {
    expect(
      stack({}).functions.filter(({ reservedConcurrency }) => reservedConcurrency !== undefined),
    ).toEqual([]);
  });
});
