import { expect, test } from 'vitest';
import { Changes } from '../../world/changes.ts';
import { remembered } from '../../world/remembered.ts';

test('what follows is worked out once for each key, and again after a change', () => {
  const changes = new Changes();
  const asked: string[] = [];
  const lengthOf = changes.remembering((text: string) => {
    asked.push(text);
    return text.length;
  });
  expect([lengthOf('one'), lengthOf('three'), lengthOf('one')]).toEqual([3, 5, 3]);
  expect(asked).toEqual(['one', 'three']);
  changes.add();
  expect([lengthOf('one'), lengthOf('one')]).toEqual([3, 3]);
  expect(asked).toEqual(['one', 'three', 'one']);
});

test('that there is nothing is remembered as well', () => {
  const changes = new Changes();
  let times = 0;
  const nothing = changes.remembering(() => {
    times++;
    return null;
  });
  expect([nothing('a'), nothing('a')]).toEqual([null, null]);
  expect(times).toBe(1);
});

test('of an object it is worked out once', () => {
  let times = 0;
  const size = remembered((list: readonly number[]) => {
    times++;
    return `${list.length}`;
  });
  const list = [1, 2];
  expect([size(list), size(list), size([1])]).toEqual(['2', '2', '1']);
  expect(times).toBe(2);
});
