import { expect, it } from 'vitest';
import { bySigningName } from '../../wire/services.ts';
import { operation, service } from './fakes.ts';

const get = operation({});
const invoke = operation({});

it('puts the operations of services with one signing name together', () => {
  const all = bySigningName([
    service('lambda', { GetAlias: get }),
    service('sns', {}),
    service('lambda', { Invoke: invoke }),
  ]);
  expect([...all.keys()]).toEqual(['lambda', 'sns']);
  expect(all.get('lambda')?.operations).toEqual({ GetAlias: get, Invoke: invoke });
});

it('refuses an operation that two of them have', () => {
  const twice = [service('lambda', { Invoke: get }), service('lambda', { Invoke: invoke })];
  expect(() => bySigningName(twice)).toThrow('two services have the operation lambda Invoke');
});
