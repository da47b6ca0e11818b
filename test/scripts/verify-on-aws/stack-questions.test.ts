import { expect, test } from 'vitest';
import { stackCancelCredentials } from '../../../scripts/verify-on-aws/questions/stack-cancel-credentials.ts';
import { stackDuringUpdate } from '../../../scripts/verify-on-aws/questions/stack-during-update.ts';
import { stackReplacementReason } from '../../../scripts/verify-on-aws/questions/stack-replacement-reason.ts';
import { BAD_TEMPLATE } from '../../../scripts/verify-on-aws/parts/stack-update.ts';

const RELEASED_AT = Date.parse('2026-11-22T02:00:00.000Z');

/** What the program sees, with a CloudFormation that answers everything with one object. */
const shownOf = (answer: object, more: object = {}) =>
  ({
    clients: { cloudFormation: { send: () => Promise.resolve(answer) } },
    outputs: (key: string) => key,
    course: { releasedAt: RELEASED_AT },
    ...more,
  }) as never;

const NEW = 'the parameter is new, the template is new';
const OLD = 'the parameter is old, the template is old';

test.each([
  [[NEW], 'as assumed'],
  [[OLD, NEW], 'otherwise'],
  [[], 'not seen'],
] as const)('stack-during-update: from %j it is %s', async (seen, is) => {
  expect((await stackDuringUpdate.answer(shownOf({}, { seen }))).is).toBe(is);
});

test.each([
  ['UPDATE_IN_PROGRESS', '0.4', BAD_TEMPLATE, NEW],
  ['UPDATE_IN_PROGRESS', '0', 'another', OLD],
  ['UPDATE_ROLLBACK_IN_PROGRESS', '0', 'another', null],
] as const)('stack-during-update: a look at %s with %s notes %j', async (StackStatus, value, body, note) => {
  const stack = { StackStatus, Parameters: [{ ParameterKey: 'Errors', ParameterValue: value }] };
  const view = shownOf({ Stacks: [stack], TemplateBody: `{"Description":"${body}"}` });
  expect(await stackDuringUpdate.look?.(view)).toBe(note);
});

const cancelled = { plan: { rungs: [{ name: 'cancel-update' }] }, reverted: { rung: 0 } };
const joined = { plan: { rungs: [{ name: 'native-rollback' }] }, reverted: { rung: 0 } };

test.each([
  [cancelled, { StackStatus: 'UPDATE_ROLLBACK_COMPLETE' }, 'as assumed'],
  [cancelled, { StackStatus: 'UPDATE_ROLLBACK_FAILED', StackStatusReason: 'not authorized' }, 'otherwise'],
  [cancelled, { StackStatus: 'UPDATE_COMPLETE' }, 'not seen'],
  [cancelled, { StackStatus: 'UPDATE_ROLLBACK_COMPLETE', RoleARN: 'arn' }, 'not seen'],
  [joined, { StackStatus: 'UPDATE_ROLLBACK_COMPLETE' }, 'not seen'],
  [{}, { StackStatus: 'UPDATE_ROLLBACK_COMPLETE' }, 'not seen'],
] as const)('stack-cancel-credentials: after %j, %j is %s', async (document, stack, is) => {
  const course = { releasedAt: RELEASED_AT, execution: { document } };
  expect((await stackCancelCredentials.answer(shownOf({ Stacks: [stack] }, { course }))).is).toBe(is);
});

const eventOf = (ResourceStatusReason?: string, seconds = 60, LogicalResourceId = 'UpdatedVersion') => ({
  ...{ LogicalResourceId, ResourceStatusReason, ResourceStatus: 'UPDATE_IN_PROGRESS' },
  Timestamp: new Date(RELEASED_AT + seconds * 1000),
});
const SAID = 'Requested update requires the creation of a new physical resource; hence creating one.';

test.each([
  [[eventOf(), eventOf(SAID)], 'as assumed'],
  [[eventOf('Replacing')], 'otherwise'],
  [[eventOf()], 'otherwise'],
  [[eventOf(SAID, -60)], 'not seen'],
  [[eventOf(SAID, 60, 'UpdatedAlias')], 'not seen'],
] as const)('stack-replacement-reason: from %j it is %s', async (StackEvents, is) => {
  expect((await stackReplacementReason.answer(shownOf({ StackEvents }))).is).toBe(is);
});
