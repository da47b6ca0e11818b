import { createMechanism } from '../../functions/mechanisms/ecs/mechanism.ts';
import { FakeEcs } from '../fakes/ecs.ts';
import { FakeEntries } from '../fakes/ledger.ts';
import { noTaskSets } from '../fakes/no-task-sets.ts';
import { FakeRegistry } from '../fakes/registry.ts';
import { mechanismContract, type Fixture } from './mechanism.ts';

const target = 'ecs:prod/checkout';

function fixture(ecs: FakeEcs, good: string): Fixture {
  const clients = {
    ...noTaskSets,
    ecs,
    registry: new FakeRegistry(),
    ledger: new FakeEntries(target),
    now: () => '2026-11-22T04:00:00.000Z',
  };
  return {
    mechanism: createMechanism(clients),
    target,
    good,
    bad: ecs.lines[0]?.revision ?? '',
    writes: () => ecs.writes.length,
    finish: () => (ecs.newest.status.startsWith('ROLLBACK') ? ecs.endRollback() : ecs.succeed()),
    deployAnother: () => void ecs.deploy('checkout:43'),
  };
}

function overGood(then: (ecs: FakeEcs) => void): Fixture {
  const ecs = new FakeEcs();
  const good = ecs.deployed('checkout:41');
  ecs.deploy('checkout:42');
  then(ecs);
  return fixture(ecs, good);
}

mechanismContract('ecs', {
  inFlight: () => overGood(() => undefined),
  completed: () => overGood((ecs) => ecs.succeed()),
  rollingBack: () => overGood((ecs) => ecs.rollBack()),
  first: () => {
    const ecs = new FakeEcs();
    ecs.deploy('checkout:1');
    return fixture(ecs, '');
  },
  missing: () => {
    const ecs = new FakeEcs();
    ecs.service_ = null;
    return fixture(ecs, '');
  },
});
