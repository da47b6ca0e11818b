import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readShift,
  readVersion,
  versionOf,
  writeShift,
} from '../../../../functions/mechanisms/codedeploy/app-spec.ts';

const YAML = `version: 0.0
Resources:
  - checkout:
      Type: AWS::Lambda::Function
      Properties:
        Name: "checkout"
        Alias: 'live'
        CurrentVersion: "7"
        TargetVersion: 8
Hooks:
  - BeforeAllowTraffic: "CheckName"
`;
const SHIFT = { functionName: 'checkout', alias: 'live', current: '7', target: '8' };
const of = (content: string) => ({ revisionType: 'AppSpecContent' as const, appSpecContent: { content } });

describe('an AppSpec', () => {
  it('is read in YAML, quoted or not', () => expect(readShift(of(YAML))).toEqual(SHIFT));

  it('is read in a revision of the older type String', () =>
    expect(readShift({ revisionType: 'String', ['string' as string]: { content: YAML } })).toEqual(SHIFT));

  it('reads back as it was written', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/);
    const version = fc.integer({ min: 1, max: 9999 }).map(String);
    const shift = fc.record({ functionName: name, alias: name, current: version, target: version });
    fc.assert(
      fc.property(shift, (any) => {
        expect(readShift(writeShift(any))).toEqual(any);
      }),
    );
  });

  it.each(['', 'version: 0.0', YAML.replace('TargetVersion', 'Target'), '{"FunctionName": "x"}'])(
    'is null in %j',
    (content) => expect(readShift(of(content))).toBeNull(),
  );
});

describe('the id of a version', () => {
  it('names the version and no AppSpec', () => {
    expect(versionOf('checkout', '7')).toEqual({ id: 'checkout:7', name: 'checkout:7' });
    expect(readVersion('checkout:7', 'checkout')).toBe('7');
  });

  it.each(['checkout:', 'checkout:$LATEST', 'other:7', 'checkout', ''])('is not %j', (id) =>
    expect(readVersion(id, 'checkout')).toBeNull(),
  );
});
