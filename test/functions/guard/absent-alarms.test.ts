import { expect, test, vi } from 'vitest';
import { createAbsentAlarms } from '../../../functions/guard/absent-alarms.ts';
import * as given from '../../src/rollback/judge-facts.ts';

const plan = given.planOf({ 'lastgood:alarms': 'gone', 'lastgood:alarm:1': 'Checkout errors' });

test('names the alarms of the plan and of its tags that CloudWatch does not return', async () => {
  const send = vi.fn().mockResolvedValue({ MetricAlarms: [{ AlarmName: 'Checkout errors' }] });
  const absent = await createAbsentAlarms({ send })(plan);
  expect(absent).toEqual({ known: true, is: [...plan.watch.alarms, 'gone'] });
  expect(send).toHaveBeenCalledTimes(1);
});

test('calls nothing without a name, and does not know where the call fails', async () => {
  const send = vi.fn().mockRejectedValue(new Error('Throttling'));
  const none = given.planOf({}, { watch: { targetGroups: [], alarms: [], probes: [] } });
  expect(await createAbsentAlarms({ send })(none)).toEqual({ known: true, is: [] });
  expect(send).not.toHaveBeenCalled();
  expect(await createAbsentAlarms({ send })(plan)).toMatchObject({ known: false });
});
