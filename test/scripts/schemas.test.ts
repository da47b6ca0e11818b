import { describe, expect, it } from 'vitest';
import { writtenOut } from '../../scripts/schemas.ts';

describe('keys of SDK schemas', () => {
  it('are inlined if their constant is known, and only then', () => {
    const source = 'const _xN = "xmlName";\nvar A = [0, { [_xN]: "a" }, { [_other]: 1 }, list[_xN]];\n';
    expect(writtenOut(source)).toBe(
      'const _xN = "xmlName";\nvar A = [0, { "xmlName": "a" }, { [_other]: 1 }, list[_xN]];\n',
    );
  });
});
