import { describe, expect, it } from 'vitest';
import type { AwsService } from '../../world/service.ts';
import { createWorld } from '../../world/world.ts';

const ROW = ['AWS/Lambda', 'Errors', 'FunctionName', 'work'];
const widget = (change: object = {}, properties: object = {}) => ({
  ...{ type: 'metric', x: 0, y: 0, width: 12, height: 6, ...change },
  properties: { region: 'eu-west-1', title: 'Errors', metrics: [ROW], ...properties },
});

function setUp() {
  const { operations }: AwsService = createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' }).cloudwatch;
  const call = (operation: string, input: object) =>
    operations[operation]!.run(input as never, { role: 'operator' }) as never;
  const put = (body: unknown, DashboardName = 'shop') =>
    call('PutDashboard', {
      DashboardName,
      DashboardBody: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { call, put };
}

describe('a dashboard', () => {
  it('is put, read, listed and deleted', () => {
    const { call, put } = setUp();
    expect(put({ widgets: [widget()] })).toEqual({ DashboardValidationMessages: [] });
    expect(call('GetDashboard', { DashboardName: 'shop' })).toMatchObject({
      DashboardArn: 'arn:aws:cloudwatch::111122223333:dashboard/shop',
    });
    expect(call('ListDashboards', { DashboardNamePrefix: 'sh' })).toMatchObject({
      DashboardEntries: [{ DashboardName: 'shop' }],
    });
    expect(() => call('DeleteDashboards', { DashboardNames: ['shop', 'other'] })).toThrow(
      'other does not exist',
    );
    call('DeleteDashboards', { DashboardNames: ['shop'] });
    expect(() => call('GetDashboard', { DashboardName: 'shop' })).toThrow('does not exist');
  });

  it.each([
    ['no JSON', '{'],
    ['no widgets', {}],
    ['an unknown field', { widgets: [], layout: 1 }],
    ['a widget beyond the last column', { widgets: [widget({ x: 13 })] }],
    ['a widget with half a place', { widgets: [{ ...widget(), y: undefined }] }],
    ['an unknown type of widget', { widgets: [widget({ type: 'video' })] }],
    ['a metric without a Region', { widgets: [widget({}, { region: undefined })] }],
    ['an unknown view', { widgets: [widget({}, { view: 'cloud' })] }],
    ['a row without a name', { widgets: [widget({}, { metrics: [['AWS/Lambda']] })] }],
    [
      'a search that cannot be read',
      { widgets: [widget({}, { metrics: [[{ expression: "SEARCH('x')" }]] })] },
    ],
    ['a name for an alarm', { widgets: [{ type: 'alarm', x: 0, y: 0, properties: { alarms: ['errors'] } }] }],
    ['a text without words', { widgets: [{ type: 'text', x: 0, y: 0, properties: {} }] }],
  ])('is refused with %s', (_, body) => {
    const { put } = setUp();
    expect(() => put(body)).toThrow('The dashboard body is invalid');
  });

  it('is refused with a wrong name', () => {
    expect(() => setUp().put({ widgets: [] }, 'the shop')).toThrow('DashboardName');
  });
});
