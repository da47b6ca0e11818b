import { expect, test } from 'vitest';
import { wanted } from '../../../contract/walk.ts';
import { Route53Stage } from './stage.ts';

test('a canary on the record of the last known good goes back to the weights before it, if a person decides so', async () => {
  const stage = new Route53Stage();
  await stage.open({ blue: 255, green: 0 });
  const green = await stage.runs({ blue: 0, green: 255 });
  await stage.runs({ blue: 26, green: 229 });
  expect(await stage.mechanism.plan(wanted(stage.target))).toMatchObject({
    state: 'ready',
    to: { id: green, name: 'green' },
    source: 'deployments',
    doubt: 'green had the traffic before the change at fault and is not proven, so a person decides.',
    notes: [
      'passed over blue: the change at fault moved traffic to the same side, so the fault may be there',
      'it is unknown whether green still runs the revision that ran before: AWS does not show what is behind it',
      'green: it has no health check, so its health is unknown',
    ],
  });
});

test('one whose servers may be gone asks for both reasons', async () => {
  const stage = new Route53Stage();
  await stage.open({ blue: 255, green: 0 });
  await stage.runs({ blue: 0, green: 255 });
  await stage.runs({ blue: 255, green: 0 });
  const trigger = {
    type: 'request',
    id: '1',
    by: 'ci',
    at: '2026-11-22T02:00:00.000Z',
    automatic: true,
  } as const;
  const found = await stage.mechanism.plan(wanted(stage.target, { trigger }));
  expect(found).toMatchObject({
    doubt: expect.stringMatching(
      /and is not proven, so a person decides\. green has no traffic now, and/,
    ) as string,
  });
});
