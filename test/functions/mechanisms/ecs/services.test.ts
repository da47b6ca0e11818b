import { expect, test } from 'vitest';
import { createServices } from '../../../../functions/mechanisms/ecs/services.ts';
import { awsError } from '../../../fakes/ecs.ts';

interface Input {
  readonly cluster: string;
  readonly services: readonly string[];
}

function client(answer: (input: Input) => unknown) {
  const inputs: Input[] = [];
  const send = ({ input }: { readonly input: Input }) => {
    inputs.push(input);
    const given = answer(input);
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  return { services: createServices({ send } as never), inputs };
}

const named = (cluster: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ cluster, service: `s${i}` }));
const all = ({ services }: Input) => ({
  services: services.map((serviceName) => ({ serviceName, status: 'ACTIVE' })),
});

test('ten services of a cluster take one call', async () => {
  const { services, inputs } = client(all);
  const found = await services.named([...named('prod', 23), ...named('test', 2)]);
  expect(found).toHaveLength(25);
  expect(found[24]).toMatchObject({
    name: { cluster: 'test', service: 's1' },
    service: { status: 'ACTIVE' },
  });
  expect(inputs.map(({ cluster, services: { length } }) => [cluster, length])).toEqual([
    ['prod', 10],
    ['prod', 10],
    ['prod', 3],
    ['test', 2],
  ]);
});

test('services that are not there are left out, and so are those of a cluster that is not there', async () => {
  const { services } = client((input) =>
    input.cluster === 'gone'
      ? awsError('ClusterNotFoundException')
      : all({ ...input, services: input.services.slice(1) }),
  );
  const found = await services.named([...named('prod', 2), ...named('gone', 2)]);
  expect(found.map(({ name }) => name)).toEqual([{ cluster: 'prod', service: 's1' }]);
});

test('a throttled call does not mean that a service is gone', async () => {
  const { services } = client(() => awsError('ThrottlingException'));
  await expect(services.named(named('prod', 1))).rejects.toThrow('ThrottlingException');
});
