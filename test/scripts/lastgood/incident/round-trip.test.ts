import { describe, expect, test } from 'vitest';
import { decide } from '../../../../scripts/judge/decide.ts';
import { readIncident, type Incident, type Observed } from '../../../../scripts/judge/incident.ts';
import { readIncidents } from '../../../../scripts/judge/read.ts';
import { textOf } from '../../../../scripts/lastgood/incident/text.ts';
import { toIncident } from '../../../../scripts/lastgood/incident/to-incident.ts';
import { asAws } from './as-aws.ts';

const FIXTURES = 'test/fixtures/incidents';
const incidents = [`${FIXTURES}/realistic.jsonl.gz`, `${FIXTURES}/sets.jsonl.gz`]
  .flatMap(readIncidents)
  .map(inOneWorld);

/** Gives both looks the same surroundings, as in one world. The generator drew them anew for the later look. */
function inOneWorld(incident: Incident): Incident {
  const isAround = ({ relation }: { readonly relation: string }) => relation !== 'this';
  const later = incident.later.map((look) => ({
    ...look,
    alarms: [...look.alarms.filter((one) => !isAround(one)), ...incident.alarms.filter(isAround)],
    deployments: [
      ...incident.deployments.filter(isAround),
      ...look.deployments.filter((one) => !isAround(one)),
    ],
  }));
  return { ...incident, later };
}

function writtenAgain(incident: Incident): Incident {
  const { moments, background } = asAws(incident);
  return readIncident(JSON.parse(textOf(toIncident(incident.id, moments, background))));
}

/**
 * Reduces an incident to the facts that Lastgood reads in production: no stopped tasks, no scaling, callers as
 * neighbours, and no datapoint within 45 seconds after its minute.
 */
function asFarAsRead(incident: Incident): Incident {
  const { format, later, ...observed } = incident;
  return { format, ...lessOf(observed), later: later.map(lessOf) };
}

function lessOf({ stoppedTasks: _, scaling: __, ...observed }: Observed): Observed {
  return {
    ...observed,
    alarms: observed.alarms.map((alarm) =>
      alarm.relation === 'caller' ? { ...alarm, relation: 'neighbour' } : alarm,
    ),
    series: observed.series.map((one) => ({
      ...one,
      values: one.values.map((value, k) => valueAt(value, k, one, observed)),
    })),
  };
}

function valueAt(
  value: number | null,
  k: number,
  { start, periodSeconds }: Observed['series'][number],
  { decidedAt }: Observed,
): number | null {
  const end = Date.parse(start) + (k + 1) * periodSeconds * 1000;
  return end > Date.parse(decidedAt) - 45_000 ? null : value;
}

describe('an incident that is read from AWS and the ledger again', () => {
  test.each(incidents.map((incident) => [incident.id, incident] as const))(
    '%s is judged alike',
    (_, incident) => {
      const [was, is] = [asFarAsRead(incident), writtenAgain(incident)].map((one) => decide(one));
      expect({ verdict: is?.verdict, looks: is?.looks }).toEqual({
        verdict: was?.verdict,
        looks: was?.looks,
      });
    },
  );

  test('shows the judge enough to say every verdict', () => {
    const verdicts = incidents.map((incident) => decide(writtenAgain(incident)).verdict.verdict);
    expect(new Set(verdicts)).toEqual(new Set(['act', 'ask', 'skip']));
  });
});
