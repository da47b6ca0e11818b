import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { kept } from '../../src/aws/kept.ts';
import { createAliases } from '../../src/targets/alarms/aliases.ts';
import { createNamedStages } from '../../src/targets/alarms/named-stages.ts';
import { createTagging, optedInKept } from '../../src/aws/opted-in.ts';
import { tablesOf } from '../../src/aws/tables.ts';
import { createRota } from '../../src/aws/rota.ts';
import { createEmitter } from '../../src/events/emit.ts';
import { reportLinks } from '../../src/events/report-link.ts';
import { createFollow } from '../../src/lambda/follow.ts';
import { handlerOf, type LambdaHandler } from '../../src/lambda/handler.ts';
import { logger } from '../../src/lambda/logger.ts';
import { createStarter } from '../../src/lambda/start.ts';
import type { Surroundings } from '../../src/lambda/surroundings.ts';
import { createClaims, createLedger, createLookouts, createRounds } from '../../src/ledger/dynamodb.ts';
import { createCalendar } from '../../src/quotas/dynamodb-calendar.ts';
import { secondsBetween } from '../../src/rollback/time.ts';
import { createTagReaders, readTargetTags } from '../../src/targets/alarms/target-tags.ts';
import { createKinds } from './create-kinds.ts';
import { createExecutions, reconcileExecutions } from './executions.ts';
import { createInAlarmReader, once } from './in-alarm.ts';
import { runJobs } from './jobs.ts';
import { alarmsInAlarm, reconcileAlarmEvents } from './lost-alarm-events.ts';
import { mutedAlarms } from './muted.ts';
import { prove } from './prove.ts';
import { createRests } from './rests.ts';
import { ALIASES, ENDED } from './shares.ts';
import { createAlarmStates } from './stayed-ok.ts';
import { createKindSweep } from './sweep-kind.ts';

/**
 * How long a sweep begins with new reads. What is left is due in the next minute. The timeout (function.yml) leaves time
 * to finish those that began.
 */
const BEGIN_WITHIN_SECONDS = 40;

export function bind(surroundings: Surroundings): LambdaHandler {
  const { connect, setting, now } = surroundings;
  const tables = tablesOf(surroundings);
  const cloudwatch = connect(CloudWatchClient);
  const stepFunctions = connect(SFNClient);
  const machine = setting('STATE_MACHINE_ARN');
  const ledger = createLedger(tables, setting('LEDGER_TABLE'));
  const lookouts = createLookouts(tables, setting('LEDGER_TABLE'));
  const rounds = createRounds(tables, setting('LEDGER_TABLE'));
  const claims = createClaims(tables, setting('CLAIMS_TABLE'));
  const emitter = createEmitter(connect(EventBridgeClient), setting('BUS_NAME'));
  const starter = createStarter(stepFunctions, machine);
  const follow = createFollow(stepFunctions, setting('LOOKOUT_MACHINE_ARN'));
  const kinds = createKinds(surroundings);
  const sweeps = [...kinds.all].map(([name, kind]) => createKindSweep(name, kind));
  const tagging = createTagging(connect);
  const optedIn = optedInKept(tagging, now);
  const lookUp = createNamedStages(connect, optedIn, now);
  const readers = createTagReaders(
    kept(() => readTargetTags(tagging.here), now),
    { lookUp, optedIn: () => optedIn('here'), aliasesOf: createAliases(connect, optedIn, now, ALIASES) },
  );
  const alarms = createAlarmStates(cloudwatch);
  const rota = createRota(ENDED.callsPerMinute);
  const calendar = createCalendar(tables, setting('CLAIMS_TABLE'), now);
  const reportLink = reportLinks(setting('REPORTS_URL'));
  const executions = {
    claims,
    emitter,
    reportLink,
    starter,
    rota,
    ...createExecutions(stepFunctions, machine),
  };
  const warn = (message: string, about: object) => logger.warn(message, { ...about });

  /** Runs every minute. Reconciles lost events and changes that have no event. */
  return handlerOf(async () => {
    const began = now();
    const hasTime = () => secondsBetween(began, now()) < BEGIN_WITHIN_SECONDS;
    const context = { optedIn, entriesOf: (target: string) => ledger.entries(target), now: began };
    const inAlarm = once(() => alarmsInAlarm(cloudwatch, setting('OWN_NAME')));
    const muted = once(() => mutedAlarms(cloudwatch));
    const isMuted = async (alarm: string) => (await muted()).has(alarm);
    const inAlarmOf = createInAlarmReader(inAlarm, readers);
    const rests = createRests(kinds, calendar, warn);
    const looking = { ledger, kindOf: kinds.named, context, rests, hasTime };
    const proving = { ...looking, claims, alarms, inAlarmOf, lookouts, warn };
    const sweeping = { ledger, starter, follow, rounds, rests, warn, hasTime };
    await runJobs(
      [
        () => reconcileAlarmEvents({ inAlarm, isMuted, ...readers, starter, emitter, warn }, began),
        () => reconcileExecutions(executions, began),
        ...sweeps.map((sweep) => () => sweep(sweeping, context)),
        () => prove(proving, began),
      ],
      { warn, hasTime },
    );
  });
}
