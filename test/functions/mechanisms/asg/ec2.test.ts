import { EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
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
    { InstanceId: 'i-1', LaunchTime, Tags: tagged('7') },
    { InstanceId: 'i-2', LaunchTime, Tags: tagged('7').slice(0, 1) },
    { InstanceId: 'i-3', Tags: tagged('8') },
  );
  const at = LaunchTime.toISOString();
  expect(await createEc2(client).launches('web')).toEqual([
    { instance: 'i-1', revision: 'lt-0a1b2c3d/7', at },
    { instance: 'i-2', revision: null, at },
  ]);
  const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: ['web'] }];
  expect(inputs).toMatchObject([{ Filters }, { Filters, NextToken: '1' }, { Filters, NextToken: '2' }]);
});
