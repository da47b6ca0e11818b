import { expect, it } from 'vitest';
import { createReadTargets } from '../../../functions/lookout/targets.ts';
import { rolling, sides } from '../../src/lookout/followed.ts';
import { awsError } from '../guard/cloudwatch.ts';

const health = (Id: string, State: string) => ({ Target: { Id, Port: 80 }, TargetHealth: { State } });

function setUp(groups: Readonly<Record<string, readonly object[] | Error>>) {
  const asked: string[] = [];
  const send = ({ input: { TargetGroupArn } }: { readonly input: { readonly TargetGroupArn: string } }) => {
    asked.push(TargetGroupArn);
    const found = groups[TargetGroupArn] ?? [];
    return found instanceof Error
      ? Promise.reject(found)
      : Promise.resolve({ TargetHealthDescriptions: found });
  };
  return { asked, read: createReadTargets({ send } as never) };
}

it('reads each group once, and says whose its targets are', async () => {
  const { asked, read } = setUp({
    'group/green': [health('a', 'healthy'), health('b', 'unhealthy'), health('c', 'initial')],
    'group/blue': [health('d', 'healthy'), health('e', 'draining')],
  });
  expect(await read(sides())).toEqual([
    { side: 'newer', healthy: ['a:80'], unhealthy: ['b:80'], others: 1 },
    { side: 'older', healthy: ['d:80'], unhealthy: [], others: 1 },
  ]);
  expect(asked).toEqual(['group/green', 'group/blue']);
});

it('reads a group of both sides once, for the newer one', async () => {
  const { asked, read } = setUp({ 'group/one': [health('a', 'healthy')] });
  expect(await read(rolling())).toEqual([{ side: 'newer', healthy: ['a:80'], unhealthy: [], others: 0 }]);
  expect(asked).toEqual(['group/one']);
});

it('takes a group that was deleted as empty, and throws any other error', async () => {
  const gone = setUp({ 'group/blue': awsError('TargetGroupNotFoundException') });
  expect(await gone.read(sides())).toMatchObject([{ side: 'newer' }, { side: 'older', healthy: [] }]);
  const throttled = setUp({ 'group/blue': awsError('ThrottlingException') });
  await expect(throttled.read(sides())).rejects.toMatchObject({ name: 'ThrottlingException' });
});

it('keeps the document small', async () => {
  const many = Array.from({ length: 1000 }, (_, index) => health(`i-${index}`, 'healthy'));
  const [newer] = await setUp({ 'group/green': many }).read(sides());
  expect(newer?.healthy).toHaveLength(300);
});
