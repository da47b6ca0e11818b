import { describe, expect, it } from 'vitest';
import { asItCame } from '../../../src/rollback/as-it-came.ts';

interface Shape {
  readonly target: string;
  readonly reason: string;
}

describe('an object that passes through unchanged', () => {
  it('has the members that are asked for, and keeps all others', () => {
    const value = { target: 'ecs:prod/checkout', more: [1] };
    expect(asItCame<Shape>('target').safeParse(value)).toEqual({ success: true, data: value });
  });

  it.each([
    ['a member is missing', asItCame<Shape>('target', 'reason'), { target: 'a' }, 'with target and reason'],
    ['it is not an object', asItCame<Shape>(), 'text', 'must be an object'],
  ])('is refused where %s', (_, schema, value, message) => {
    expect(schema.safeParse(value).error?.issues[0]?.message).toContain(message);
  });
});
