import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { notComparedWith, objections } from '../../../src/ledger/objections.ts';

const AT = '2026-11-22T03:00:00.000Z';
const target = 'ecs:prod/checkout';
const revision = {
  id: 'arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/checkout/42',
  name: 'checkout:42',
};
const condemned: Entry = {
  state: 'condemned',
  target,
  revision,
  condemnedAt: AT,
  evidence: ['5xx'],
  execution: 'one',
};
const proven: Entry = { ...condemned, state: 'proven', completedAt: AT, provenAt: AT, evidence: [] };
const freeze = { target, reason: 'sale', by: 'ada', at: AT };

describe('the content of a revision', () => {
  it.each<[string, string, readonly Entry[], readonly string[]]>([
    [
      'that the ledger does not know is compared with none of the condemned',
      'checkout:43',
      [condemned],
      ['checkout:42'],
    ],
    ['that is condemned needs no comparison', 'checkout:42', [condemned], []],
    [
      'that is proven needs no comparison',
      'checkout:42',
      [proven, { ...condemned, revision: { id: 'x', name: 'x:1' } }],
      [],
    ],
    ['matters only where another is condemned', 'checkout:43', [proven], []],
  ])('%s', (_, given, entries, names) => {
    expect(notComparedWith(given, entries)).toEqual(names);
  });
});

describe('objections', () => {
  it.each([
    ['its id', revision.id],
    ['its name', 'checkout:42'],
    ['its task definition', 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42'],
  ])('are raised against a condemned revision by %s', (_, given) => {
    expect(objections(given, [condemned], null)).toEqual([
      expect.stringContaining('checkout:42 was taken back'),
    ]);
  });

  it.each([
    'checkout:4',
    'checkout:420',
    'other:42',
    'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:43',
  ])('are not raised against %s', (given) => {
    expect(objections(given, [condemned], null)).toEqual([]);
  });

  it('are not raised against a proven revision', () => {
    expect(objections('checkout:42', [proven], null)).toEqual([]);
  });

  it('are raised against every revision of a frozen target', () => {
    expect(objections('checkout:43', [], freeze)).toEqual([`ada froze ${target} at ${AT}: sale`]);
    expect(objections('checkout:42', [condemned], freeze)).toHaveLength(2);
  });
});
