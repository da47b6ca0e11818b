import { expect, test } from 'vitest';
import { Notices } from '../../../local/storm/notices.ts';
import type { Subject } from '../../../local/storm/subject.ts';

const RULE = { target: 'elb:rule', kind: 'elb' } as Subject;
const SERVICE = { target: 'ecs:prod/app', kind: 'ecs' } as Subject;

const written = (target: string, table = 'lastgood-prod-ledger') => ({
  ...{ service: 'dynamodb', operation: 'UpdateItem' },
  input: { TableName: table, Key: { target, item: 'observed' } },
});

test('a silent change counts from the release until the ledger has its target', () => {
  let now = 0;
  const notices = new Notices([RULE], () => now);
  notices.released(RULE);
  now = 20_000;
  notices.answered(written('elb:rule', 'lastgood-prod-claims'));
  notices.answered(written('elb:other'));
  now = 42_000;
  notices.answered(written('elb:rule'));
  expect(notices.noticed()).toEqual([
    { kind: 'elb', changes: 1, unnoticed: 0, medianSeconds: 42, worstSeconds: 42 },
  ]);
});

test('a change with an event counts from the event of its end', () => {
  let now = 0;
  const notices = new Notices([SERVICE], () => now);
  notices.released(SERVICE);
  expect(notices.noticed()).toEqual([]);
  now = 90_000;
  notices.heard({
    ...{ source: 'aws.ecs', 'detail-type': 'ECS Deployment State Change' },
    resources: ['arn:aws:ecs:eu-west-1:111122223333:service/prod/app'],
    detail: { eventName: 'SERVICE_DEPLOYMENT_COMPLETED' },
  } as never);
  expect(notices.noticed()).toMatchObject([{ kind: 'ecs', changes: 1, unnoticed: 1 }]);
  now = 91_500;
  notices.answered(written('ecs:prod/app'));
  expect(notices.noticed()).toMatchObject([{ unnoticed: 0, worstSeconds: 1.5 }]);
});
