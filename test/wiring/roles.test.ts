import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PACKAGED } from '../../scripts/package.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly FunctionName?: string;
    readonly Role?: { readonly 'Fn::GetAtt': readonly [string, string] };
    readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
    readonly ManagedPolicyArns?: readonly unknown[];
  };
}

interface Statement {
  readonly Action: readonly string[] | string;
  readonly Resource: unknown;
}

const { Resources } = JSON.parse(readFileSync(PACKAGED, 'utf8')) as { Resources: Record<string, Resource> };
const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
const roleOf = ({ Properties }: Resource) => Properties.Role?.['Fn::GetAtt'][0] ?? 'none';

/** Of applications, for evidence. */
const READS_OF_LOGS = ['logs:GetLogEvents', 'logs:FilterLogEvents'];

describe('the roles of the packaged template (scripts/roles.cjs)', () => {
  it('are one for each function', () => {
    const roles = functions.map(roleOf);
    expect(new Set(roles).size).toBe(functions.length);
    expect(roles.filter((id) => Resources[id]?.Type !== 'AWS::IAM::Role')).toEqual([]);
  });

  it('each belong to a function or a state machine', () => {
    const text = Object.values(Resources).filter(({ Type }) => Type !== 'AWS::IAM::Role');
    const held = JSON.stringify(text);
    const roles = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    const left = roles.filter(([id]) => !held.includes(`"Fn::GetAtt":["${id}","Arn"]`));
    expect(left.map(([id]) => id)).toEqual([]);
  });

  it.each(functions.map((one) => [one.Properties.FunctionName, one] as const))(
    '%s writes to its own log group, and may not create it',
    (name, one) => {
      const role = Resources[roleOf(one)]?.Properties;
      const statements = role?.Policies?.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
      const logs = statements.filter(({ Action }) =>
        [Action].flat().some((action) => action.startsWith('logs:') && !READS_OF_LOGS.includes(action)),
      );
      const group = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${name}:*`;
      expect(logs).toEqual([
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::Sub': group },
        },
      ]);
      expect(role?.ManagedPolicyArns).toBeUndefined();
    },
  );
});
