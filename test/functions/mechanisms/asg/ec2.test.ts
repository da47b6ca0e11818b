import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { createEc2 } from '../../../../functions/mechanisms/asg/ec2.ts';

const LaunchTime = new Date('2026-11-22T02:00:00.000Z');
const tagged = (version: string) => [
  { Key: 'aws:ec2launchtemplate:id', Value: 'lt-0a1b2c3d' },
  { Key: 'aws:ec2launchtemplate:version', Value: version },
];

/** Creates a client that answers with these instances, one per page. */
function paged(...instances: readonly object[]) {
  const inputs: object[] = [];
  const send = ({ input }: { input: { NextToken?: string } }) => {
    inputs.push({ ...input });
    const at = Number(input.NextToken ?? 0);
    const NextToken = at + 1 < instances.length ? String(at + 1) : undefined;
    return Promise.resolve({ Reservations: [{ Instances: [instances[at]] }], NextToken });
  };
  return { inputs, client: Object.assign(new EC2Client(), { send }) };
}

it('reads every page of the instances of a group, with the versions in their tags', async () => {
  const { inputs, client } = paged(
    { InstanceId: 'i-1', LaunchTime, ImageId: 'ami-7', Tags: tagged('7') },
    { InstanceId: 'i-2', LaunchTime, Tags: tagged('7').slice(0, 1) },
    { InstanceId: 'i-3', Tags: tagged('8') },
  );
  const at = LaunchTime.toISOString();
  expect(await createEc2(client).launches('web')).toEqual([
    { instance: 'i-1', revision: 'lt-0a1b2c3d/7', at, image: 'ami-7' },
    { instance: 'i-2', revision: null, at },
  ]);
  const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web'] }];
  expect(inputs).toMatchObject([{ Filters }, { Filters, NextToken: '1' }, { Filters, NextToken: '2' }]);
});

describe('the image that a version launches now', () => {
  const choice = { template: 'lt-0a1b2c3d', version: '7' };
  const read = (answer: object | Error) => {
    const inputs: object[] = [];
    const send = ({ input }: { input: object }) => {
      inputs.push(input);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    return { inputs, image: createEc2(Object.assign(new EC2Client(), { send })).launchesNow(choice) };
  };
  const versions = (ImageId: string) => ({ LaunchTemplateVersions: [{ LaunchTemplateData: { ImageId } }] });
  const refusal = (name: string) => Object.assign(new Error(name), { name });

  it('is the one that its parameter names', async () => {
    const { inputs, image } = read(versions('ami-0a1b2c3d'));
    expect(await image).toBe('ami-0a1b2c3d');
    expect(inputs).toEqual([{ LaunchTemplateId: 'lt-0a1b2c3d', Versions: ['7'], ResolveAlias: true }]);
  });

  it.each([
    versions('resolve:ssm:/gone'),
    {},
    refusal('UnauthorizedOperation'),
    refusal('InvalidLaunchTemplateId.NotFound'),
  ])('is unknown after %j', async (answer) => {
    expect(await read(answer).image).toBeNull();
  });

  it('is read again if EC2 is busy', async () => {
    await expect(read(refusal('RequestLimitExceeded')).image).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
    });
  });
});
