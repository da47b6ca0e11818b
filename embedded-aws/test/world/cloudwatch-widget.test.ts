import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { unlikeIts } from '../../world/cloudwatch/widget/drawn.ts';
import { readPng, writePng, Picture } from '../../world/png.ts';
import { METRIC, openDesk } from './cloudwatch-desk.ts';
import { refusal, START } from './elb-shop.ts';

const ROW = ['Shop', 'Errors', 'InstanceId', 'i-1', { stat: 'Sum', period: 60 }];
const LINE = { horizontal: [{ value: 5, label: 'threshold' }] };
const VALUES = [1, 9, 2, 7, 4, 0, 3];

async function image(widget: object): Promise<Buffer> {
  const { cloudwatch, minutes } = openDesk();
  await minutes(...VALUES);
  const { MetricWidgetImage } = cloudwatch.operations.GetMetricWidgetImage.run({
    MetricWidget: JSON.stringify(widget),
  });
  return Buffer.from(MetricWidgetImage ?? []);
}

const points = VALUES.map((value, minute) => ({ at: START + minute * 60_000, value }));
const expected = { from: START, to: START + 7 * 60_000, points, threshold: 5 };

test.each([
  ['a metric', [ROW]],
  [
    'an expression of hidden metrics',
    [[...ROW.slice(0, -1), { id: 'm', stat: 'Sum', period: 60, visible: false }], [{ expression: 'm * 1' }]],
  ],
])('draws %s to scale, over the time that was asked for', async (_, metrics) => {
  const png = await image({ metrics, start: '-PT7M', annotations: LINE, width: 700, height: 200 });
  expect(unlikeIts(png, expected)).toBeNull();
  const shifted = points.map(({ at, value }, index) => ({ at, value: index === 3 ? value - 2 : value }));
  expect(unlikeIts(png, { ...expected, points: shifted })).toMatch(/^1 of 7 points/);
});

test('600 by 400 pixels and three hours by default; without data there is no line', async () => {
  const picture = readPng(await image({ metrics: [['Shop', 'Other']] }));
  expect([picture.width, picture.height]).toEqual([600, 400]);
  const twice = await image({ metrics: [['Shop', 'Other']], title: 'another' });
  expect(createHash('sha256').update(twice).digest('hex')).toBe(
    createHash('sha256').update(writePng(picture)).digest('hex'),
  );
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
test.each([
  ['{', /not JSON/],
  [{}, /metrics is required/],
  [{ metrics: [] }, /1 to 100/],
  [{ metrics: Array.from({ length: 101 }, () => ROW) }, /1 to 100/],
  [{ annotations: { alarms: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a'] } }, /metrics is required/],
  [{ metrics: [ROW], annotations: { alarms: ['arn'] } }, /annotations has no field alarms/],
  [{ metrics: [ROW], height: 0 }, /height must be between/],
  [{ metrics: [ROW], width: 2001 }, /width must be between/],
  [{ metrics: [ROW], period: 45 }, /period/],
  [{ metrics: [ROW], region: 'us-east-1' }, /local Region/],
  [{ metrics: [ROW], start: 'yesterday' }, /start/],
  [{ metrics: [ROW], start: 'PT0H' }, /before end/],
  [{ metrics: [['Shop']] }, /namespace, name/],
  [{ metrics: [[{ id: 'e', expression: 'm + 1' }]] }, /unknown id/],
  [{ metrics: [[{ id: 'E', expression: '1' }]] }, /lower-case/],
  [{ metrics: [[...ROW.slice(0, -1), { accountId: '111122223333' }]] }, /no field accountId/],
  [{ metrics: [ROW], view: 'pie' }, /not|only lines/],
])('refuses %j (%s)', (widget, message) => {
  const { cloudwatch } = openDesk();
  const MetricWidget = typeof widget === 'string' ? widget : JSON.stringify(widget);
  const asked = () => cloudwatch.operations.GetMetricWidgetImage.run({ MetricWidget });
  expect(refusal(asked)).toBe('ValidationError');
  expect(asked).toThrow(message);
});

test('refuses a widget of more than 100 KB', () => {
  const { cloudwatch } = openDesk();
  const MetricWidget = JSON.stringify({ metrics: [ROW], title: 'x'.repeat(101 * 1024) });
  expect(() => cloudwatch.operations.GetMetricWidgetImage.run({ MetricWidget })).toThrow('100 KB');
});

test('a row repeats the one above with dots', async () => {
  const second = ['.', '.', '.', 'i-2', { stat: 'Sum', period: 60 }];
  const one = await image({ metrics: [ROW, second], start: '-PT7M' });
  expect(METRIC.Dimensions[0]?.Value).toBe('i-1');
  expect(one.equals(await image({ metrics: [ROW], start: '-PT7M' }))).toBe(true);
});

test('a PNG with changed bytes cannot be read', () => {
  const png = writePng(new Picture(3, 2));
  expect(readPng(png).bytes).toEqual(Buffer.alloc(18, 255));
  for (const at of [0, 17, 30, png.length - 1]) {
    const changed = Buffer.from(png);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => readPng(changed)).toThrow('not a PNG');
  }
});
