import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  fieldsWithRole,
  isEmpty,
  startsDeployment,
  type Configuration,
} from '../../../../functions/mechanisms/ecs/configuration.ts';

const base: Configuration = { taskDefinition: 'checkout:41' };
const strategy = [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }];

const subnets = fc.uniqueArray(fc.constantFrom('subnet-a', 'subnet-b', 'subnet-c'), { minLength: 1 });
const configuration: fc.Arbitrary<Configuration> = fc.record(
  {
    taskDefinition: fc.constantFrom('checkout:41', 'checkout:42'),
    platformVersion: fc.constantFrom('1.4.0', '1.3.0'),
    networkConfiguration: subnets.map((list) => ({ awsvpcConfiguration: { subnets: list } })),
    capacityProviderStrategy: fc.constantFrom([], strategy),
    volumeConfigurations: fc.constantFrom([], [{ name: 'scratch' }]),
    serviceConnectConfiguration: fc.record({ enabled: fc.boolean() }),
  },
  { requiredKeys: ['taskDefinition'] },
);

describe('changes', () => {
  it('are none between equal configurations, whatever the order of keys and plain lists', () => {
    const one = {
      ...base,
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['a', 'b'], assignPublicIp: 'DISABLED' as const },
      },
    };
    const other = {
      networkConfiguration: {
        awsvpcConfiguration: { assignPublicIp: 'DISABLED' as const, subnets: ['b', 'a'] },
      },
      ...base,
    };
    expect(changesBetween(one, other)).toEqual({});
  });

  it('remove fields that the wanted revision lacks', () => {
    const more = {
      ...base,
      capacityProviderStrategy: strategy,
      serviceConnectConfiguration: { enabled: true },
      volumeConfigurations: [{ name: 'scratch' }],
    };
    expect(changesBetween(more, base)).toEqual({
      capacityProviderStrategy: [],
      serviceConnectConfiguration: { enabled: false },
      volumeConfigurations: [],
    });
  });

  it('do not remove a field that must stay: a network configuration', () => {
    expect(
      changesBetween({ ...base, networkConfiguration: { awsvpcConfiguration: { subnets: ['a'] } } }, base),
    ).toEqual({});
  });

  it('produce the wanted configuration, and then none are left', () => {
    fc.assert(
      fc.property(configuration, configuration, (current, wanted) => {
        const changed = { ...current, ...changesBetween(current, wanted) };
        expect(isEmpty(changesBetween(changed, wanted))).toBe(true);
      }),
    );
  });

  it('name only fields that differ', () => {
    fc.assert(
      fc.property(configuration, configuration, (current, wanted) => {
        for (const field of Object.keys(changesBetween(current, wanted)) as (keyof Configuration)[]) {
          expect(current[field]).not.toEqual(wanted[field]);
        }
      }),
    );
  });
});

describe('the effects of changes', () => {
  it('finds the changed fields that have a role before or after', () => {
    const volume = { name: 'v', managedEBSVolume: { roleArn: 'arn:role' } };
    const connect = {
      enabled: true,
      services: [{ portName: 'http', tls: { issuerCertificateAuthority: {}, roleArn: 'arn:role' } }],
    };
    const plain = { taskDefinition: 'checkout:1', platformVersion: '1.3.0' };
    const withRoles = {
      taskDefinition: 'checkout:2',
      volumeConfigurations: [volume],
      serviceConnectConfiguration: connect,
      platformVersion: '1.4.0',
    };
    const fields = ['serviceConnectConfiguration', 'volumeConfigurations'];
    expect(fieldsWithRole(plain, withRoles)).toEqual(fields);
    expect(fieldsWithRole(withRoles, plain)).toEqual(fields);
    expect(fieldsWithRole(withRoles, { ...withRoles, taskDefinition: 'checkout:1' })).toEqual([]);
  });

  it('knows that a capacity provider strategy alone starts no deployment', () => {
    expect(startsDeployment({ capacityProviderStrategy: strategy })).toBe(false);
    expect(startsDeployment({ capacityProviderStrategy: strategy, taskDefinition: 'checkout:1' })).toBe(
      false,
    );
    expect(startsDeployment({ taskDefinition: 'checkout:41' })).toBe(true);
  });
});
