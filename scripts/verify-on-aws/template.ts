import type { Part } from './parts/part.ts';
import { OUTPUTS, SHARED } from './parts/shared.ts';

/** The parameter of Parameter Store that names AWS's newest machine image. */
export const MACHINE_IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/** Returns the template of a stack with these parts, as JSON. */
export function templateOf(parts: readonly Part[]): string {
  const shares = new Set(parts.flatMap((part) => part.shares));
  const resources = [...[...shares].map((shared) => SHARED[shared]), ...parts.map((part) => part.resources)];
  const outputs: readonly (readonly [key: string, value: object])[] = [
    ...[...shares].flatMap((shared) => Object.entries(OUTPUTS[shared])),
    ...parts.flatMap((part) => Object.entries(part.outputs)),
  ];
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Throw-away stack of lastgood verify-on-aws. It may be deleted at any time.',
    Parameters: {
      Vpc: { Type: 'AWS::EC2::VPC::Id' },
      Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
      Stage: { Type: 'String' },
      Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: MACHINE_IMAGE },
    },
    Resources: Object.fromEntries(resources.flatMap((each) => Object.entries(each))),
    Outputs: Object.fromEntries(outputs.map(([key, Value]) => [key, { Value }])),
  });
}
