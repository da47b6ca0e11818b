import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { direct } from '../../scripts/zod-util.ts';

const UTIL = 'import * as util from "../core/util.js";\n';

describe("helpers of zod's schemas", () => {
  it('are named by the import that the module has', () => {
    expect(direct(`${UTIL}f(core.util.constantCatch(x), core.utility.a);\n`)).toBe(
      `${UTIL}f(util.constantCatch(x), core.utility.a);\n`,
    );
  });

  it('stay as they are without that import', () => {
    expect(direct('f(core.util.a);\n')).toBe('f(core.util.a);\n');
  });

  it('are still named indirectly by the installed version, and imported too', () => {
    const source = readFileSync('node_modules/zod/v4/mini/schemas.js', 'utf8');
    expect(source).toMatch(/\bcore\.util\./);
    expect(direct(source)).not.toMatch(/\bcore\.util\b/);
  });
});
