import type { OwnStack, Part } from './parts/part.ts';
import { OUTPUTS, SHARED } from './parts/shared.ts';

/** The parameter of Parameter Store that names AWS's newest machine image. */
export const MACHINE_IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

export const DESCRIPTION = 'Throw-away stack of lastgood verify-on-aws. It may be deleted at any time.';

/** Returns the template of a stack with these parts, as JSON. */
export function templateOf(parts: readonly Part[]): string {
  const shares = new Set(parts.flatMap((part) => part.shares));
  const resources = [...[...shares].map((shared) => SHARED[shared]), ...parts.map((part) => part.resources)];
  const outputs = [...[...shares].map((shared) => OUTPUTS[shared]), ...parts.map((part) => part.outputs)];
  return written({
    description: DESCRIPTION,
    parameters: {
      Vpc: { Type: 'AWS::EC2::VPC::Id' },
      Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
      Stage: { Type: 'String' },
      Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: MACHINE_IMAGE },
    },
    resources: merged(resources),
    outputs: merged(outputs),
  });
}

/** Returns the template of a part's own stack, as JSON. */
export function ownTemplateOf(
  { ownStack, resources, outputs }: Pick<Part, 'resources' | 'outputs'> & { readonly ownStack: OwnStack },
  description: string = DESCRIPTION,
): string {
  return written({ description, parameters: ownStack.parameters, resources, outputs });
}

type Named<T> = Readonly<Record<string, T>>;

function merged<T>(all: readonly Named<T>[]): Named<T> {
  return Object.fromEntries(all.flatMap((each) => Object.entries(each)));
}

interface Sections {
  readonly description: string;
  readonly parameters: Named<object>;
  readonly resources: Named<object>;
  readonly outputs: Named<object>;
}

function written({ description, parameters, resources, outputs }: Sections): string {
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: description,
    Parameters: parameters,
    Resources: resources,
    Outputs: Object.fromEntries(Object.entries(outputs).map(([key, Value]) => [key, { Value }])),
  });
}
