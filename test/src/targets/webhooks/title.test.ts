import { expect, test } from 'vitest';
import { stableTitle, targetsInTitle } from '../../../../src/targets/webhooks/title.ts';

const targets = (title: string) => targetsInTitle(title, 'title').map(({ target }) => target);

test.each([
  ['5xx lastgood_target=asg:orders, env=prod', ['asg:orders']],
  ['5xx lastgood_target=asg:orders; env=prod', ['asg:orders']],
  ['5xx (lastgood_target=asg:orders)', ['asg:orders']],
  ['[lastgood:target:ecs:prod/checkout] 5xx', ['ecs:prod/checkout']],
  ['{lastgood.target=ecs:prod/checkout}', ['ecs:prod/checkout']],
  ['5xx|lastgood_target=ecs:prod/checkout|prod', ['ecs:prod/checkout']],
  ['5xx of lastgood_target=ecs:prod/checkout: too many.', ['ecs:prod/checkout']],
  ['5xx! lastgood_target=ecs:prod/checkout!', ['ecs:prod/checkout']],
  ['lastgood_target=ecs:prod/checkout.', ['ecs:prod/checkout']],
  ["'lastgood_target=ecs:prod/checkout'", ['ecs:prod/checkout']],
  ['lastgood_target="asg:web(eu), old" x', ['asg:web(eu),', 'old']],
  ['lastgood_target="" x', []],
  ['lastgood_target=, x', []],
  ['lastgood_target=... x', []],
  ['lastgood_target=ecs:prod/a lastgood_target=ecs:prod/b', ['ecs:prod/a', 'ecs:prod/b']],
  [
    'lastgood_target=route53:Z3M3LMPEXAMPLE/www.example.com/A, x',
    ['route53:Z3M3LMPEXAMPLE/www.example.com/A'],
  ],
  ['my_lastgood_target=asg:a x.lastgood_target=asg:b', []],
  ['nothing at all', []],
])('%s', (title, expected) => {
  expect(targets(title)).toEqual(expected);
});

test.each([
  ['[FIRING:1] Errors 12.5 %', '[FIRING:22]  Errors 9 %'],
  ['[Triggered on {host:a}] Errors', 'errors'],
  ['[P1] [Triggered] Errors', 'Errors'],
])('%s and %s are one alert', (one, other) => {
  expect(stableTitle(one)).toBe(stableTitle(other));
  expect(stableTitle(one)).not.toBe(stableTitle(`${one} of carts`));
});
