import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { toVersion } from '../../../../functions/mechanisms/lambda/from-aws.ts';

const VERSION: FunctionConfiguration = {
  FunctionName: 'checkout',
  Version: '7',
  CodeSha256: 'abc=',
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::111122223333:role/checkout',
  MemorySize: 512,
  Timeout: 3,
  Description: 'the first try',
  LastModified: '2026-11-22T02:00:00.000+0000',
  RevisionId: 'a',
  State: 'Active',
  Environment: { Variables: { TABLE: 'carts', MODE: 'fast' } },
  VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1' },
  Layers: [{ Arn: 'arn:aws:lambda:eu-west-1:111122223333:layer:tools:3', CodeSize: 9 }],
};

const content = (more: Partial<FunctionConfiguration> = {}) => toVersion({ ...VERSION, ...more }).content;

describe('the content of a version', () => {
  it.each<[string, Partial<FunctionConfiguration>]>([
    [
      'its number, and when and why it was published',
      { Version: '9', LastModified: '', Description: 'again' },
    ],
    ['its state', { State: 'Inactive', RevisionId: 'b', LastUpdateStatus: 'Successful' }],
    ['the order of its variables', { Environment: { Variables: { MODE: 'fast', TABLE: 'carts' } } }],
    [
      'the order of its subnets',
      { VpcConfig: { SubnetIds: ['subnet-2', 'subnet-1'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1' } },
    ],
  ])('does not depend on %s', (_, more) => {
    expect(content(more)).toBe(content());
  });

  it.each<[string, Partial<FunctionConfiguration>]>([
    ['code', { CodeSha256: 'abd=' }],
    ['a variable', { Environment: { Variables: { TABLE: 'carts', MODE: 'slow' } } }],
    ['the role', { Role: 'arn:aws:iam::111122223333:role/other' }],
    ['memory', { MemorySize: 1024 }],
    ['a layer', { Layers: [{ Arn: 'arn:aws:lambda:eu-west-1:111122223333:layer:tools:4' }] }],
    ['the runtime', { Runtime: 'nodejs22.x' }],
    ['where it logs', { LoggingConfig: { LogGroup: 'other' } }],
    ['the network', { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }],
  ])('changes with %s', (_, more) => {
    expect(content(more)).not.toBe(content());
  });

  it('contains no plain configuration', () => {
    expect(content()).toMatch(/^[0-9a-f]{16}$/);
  });
});
