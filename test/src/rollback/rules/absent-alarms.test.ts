import { expect, test } from 'vitest';
import { judge } from '../../../../src/rollback/judge.ts';
import * as given from '../judge-facts.ts';

const says = (absentAlarms: NonNullable<Parameters<typeof judge>[0]['absentAlarms']>) =>
  judge(given.facts({ absentAlarms }), given.NOW).reasons.filter((reason) =>
    reason.includes('does not exist'),
  );

test('an alarm that does not exist is named, with the tag for names with spaces', () => {
  expect(says(given.found(['Checkout']))).toEqual([
    'Alarm "Checkout" is watched and does not exist: health could not be proven. An alarm with spaces in its name needs a tag of its own, such as lastgood:alarm:1.',
  ]);
});

test('where all exist, or it is unknown, nothing is said', () => {
  expect(says(given.found<readonly string[]>([]))).toEqual([]);
  expect(says({ known: false, why: 'Throttling' })).toEqual([]);
});
