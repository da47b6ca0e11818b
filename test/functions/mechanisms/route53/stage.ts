import { createMechanism } from '../../../../functions/mechanisms/route53/mechanism.ts';
import type { Balancer } from '../../../../functions/mechanisms/route53/route53.ts';
import { writeRun } from '../../../../functions/mechanisms/route53/runs.ts';
import { behindOf } from '../../../../functions/mechanisms/route53/behind.ts';
import { bareName } from '../../../../functions/mechanisms/route53/capacity.ts';
import { recordOf } from '../../../../src/targets/kinds/route53/target.ts';
import { createRoute53 } from '../../../../functions/mechanisms/route53/sdk.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { clientOf, Route53World } from '@lastgood/embedded-aws/test/world/route53-world.ts';

/** Sets up the mechanism on the embedded Route 53, with a ledger that a test can fill. */
export class Route53Stage {
  readonly world = new Route53World();
  readonly calls: string[] = [];
  readonly target: string;
  readonly ledger: FakeEntries;
  /** Load balancers by DNS name. */
  readonly balancers = new Map<string, Omit<Balancer, 'arn'>>();
  readonly mechanism;
  readonly route53;

  constructor() {
    this.target = `route53:${this.world.zone}/www.example.com/A`;
    this.ledger = new FakeEntries(this.target);
    this.route53 = createRoute53(clientOf(this.world.route53, this.calls));
    this.mechanism = this.mechanismIn('eu-west-1');
    this.world.tag({ lastgood: 'auto' });
  }

  mechanismIn(region: string) {
    return createMechanism({
      route53: this.route53,
      balancers: {
        named: (names) => Promise.resolve(names.map(({ dnsName }) => this.balancerOf(dnsName))),
      },
      readTags: () => Promise.resolve([this.world.tags]),
      zoneArn: (zone) => `arn:aws:route53:::hostedzone/${zone}`,
      ledger: this.ledger,
      now: () => this.world.clock.iso(),
      region,
    });
  }

  private balancerOf(dnsName: string): Balancer | null {
    const found = this.balancers.get(dnsName);
    return found === undefined ? null : { arn: `loadbalancer/${dnsName}`, ...found };
  }

  /** Sets the first weights, proven if they are `known`. Returns the id of their revision. */
  async open(weights: { blue: number; green: number }, known = true): Promise<string> {
    this.world.weigh(weights);
    await this.world.pass(90);
    const since = this.world.clock.iso();
    const id = await this.idOf(weights, since);
    if (known) this.ledger.prove(id, since);
    await this.world.pass(600);
    return id;
  }

  /** Sets weights and lets the sweep observe them. Returns the id of their revision. */
  async runs(weights: Partial<Record<'blue' | 'green' | 'fix', number>>): Promise<string> {
    this.world.weigh(weights);
    await this.world.pass(60);
    const completedAt = this.world.clock.iso();
    const deployment = await this.idOf(weights, completedAt);
    const { target } = this;
    this.ledger.list.unshift({ state: 'candidate', target, deployment, completedAt, soakUntil: completedAt });
    await this.world.pass(120);
    return deployment;
  }

  /** Returns the present weights as the sweep would name them. */
  async idOf(weights: Partial<Record<'blue' | 'green' | 'fix', number>>, since: string): Promise<string> {
    const name = recordOf(this.target);
    const records = (await createRoute53(clientOf(this.world.route53, [])).records(name)) ?? [];
    const running = (dnsName: string) => this.balancers.get(bareName(dnsName))?.running ?? null;
    return writeRun({ weights, behind: behindOf(records, running), since });
  }

  writes(): number {
    return this.calls.filter((operation) => operation === 'ChangeResourceRecordSets').length;
  }

  stand(target = this.target) {
    return { mechanism: this.mechanism, target, writes: () => this.writes() };
  }
}
