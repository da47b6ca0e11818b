import { expect, test } from 'vitest';
import { readAlertmanager } from '../../../../src/targets/webhooks/alertmanager.ts';
import { together } from '../../../../src/targets/webhooks/together.ts';
import { alert, alertmanager } from '../../../functions/on-webhook/bodies.ts';

/** Returns the other targets that each request names, by target. */
function beside(...alerts: readonly (readonly [target: string, startsAt: string])[]) {
  const body = alertmanager(
    ...alerts.map(([lastgood_target, startsAt], at) =>
      alert({ startsAt, fingerprint: `f-${at}` }, { lastgood_target }),
    ),
  );
  const requests = together(readAlertmanager(body)).flatMap((one) => ('requests' in one ? one.requests : []));
  return requests.map(({ target, trigger }) => [target, trigger?.type === 'request' ? trigger.with : null]);
}

const AT = '2026-11-22T02:58:00Z';

test('targets whose alerts begin at the same time name each other', () => {
  expect(beside(['asg:a', AT], ['asg:b', '2026-11-22T03:03:00Z'], ['asg:c', '2026-11-22T03:03:01Z'])).toEqual(
    [
      ['asg:a', ['asg:b']],
      ['asg:b', ['asg:a', 'asg:c']],
      ['asg:c', ['asg:b']],
    ],
  );
});

test('a second alert of the same target adds no name; other targets of one alert do', () => {
  expect(beside(['asg:a', AT], ['asg:a', AT])).toEqual([
    ['asg:a', undefined],
    ['asg:a', undefined],
  ]);
  expect(beside(['asg:a asg:b', AT])).toEqual([
    ['asg:a', ['asg:b']],
    ['asg:b', ['asg:a']],
  ]);
});

test('no request names more than twenty', () => {
  const many = Array.from({ length: 30 }, (_, at) => [`asg:fleet-${at}`, AT] as const);
  expect(beside(...many).map(([, names]) => names?.length)).toEqual(many.map(() => 20));
});

test('a target whose alert cannot be read is not named', () => {
  expect(beside(['asg:a', AT], ['vm:b', AT], ['asg:c', 'yesterday'])).toEqual([['asg:a', undefined]]);
});
