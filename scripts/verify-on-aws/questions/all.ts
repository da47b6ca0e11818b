import { alarmEventAndHistoryTime } from './alarm-event-and-history-time.ts';
import { aliasRevisionId } from './alias-revision-id.ts';
import { appconfigDeletions } from './appconfig-deletions.ts';
import { appconfigNativeEvents } from './appconfig-native-events.ts';
import { appconfigRequestRates } from './appconfig-request-rates.ts';
import { appconfigRevertOlder } from './appconfig-revert-older.ts';
import { appconfigRollbackEvent } from './appconfig-rollback-event.ts';
import { busPolicyDeny } from './bus-policy-deny.ts';
import { currentServiceDeployment } from './current-service-deployment.ts';
import { ecsSvcNumber } from './ecs-svc-number.ts';
import { enableExecuteCommandKey } from './enable-execute-command-key.ts';
import { endedInstanceTags } from './ended-instance-tags.ts';
import { forceForCapacityProviders } from './force-for-capacity-providers.ts';
import { inactiveTaskDefinitionRollback } from './inactive-task-definition-rollback.ts';
import { lateDatapoints } from './late-datapoints.ts';
import { lateWeights } from './late-weights.ts';
import { latticeAllZero } from './lattice-all-zero.ts';
import { latticeServiceDimension } from './lattice-service-dimension.ts';
import { latticeSpread } from './lattice-spread.ts';
import { parameterConsistency } from './parameter-consistency.ts';
import { passroleForUpdateService } from './passrole-for-update-service.ts';
import { lateStage } from './late-stage.ts';
import { pipelineActionOrder } from './pipeline-action-order.ts';
import { pipelineAfterRollback } from './pipeline-after-rollback.ts';
import { pipelineTagsOfStages } from './pipeline-tags-of-stages.ts';
import type { Question } from './question.ts';
import { silent5xxCount } from './silent-5xx-count.ts';
import { stackCancelCredentials } from './stack-cancel-credentials.ts';
import { stackDuringUpdate } from './stack-during-update.ts';
import { stackReplacementReason } from './stack-replacement-reason.ts';
import { stagePatchOrder } from './stage-patch-order.ts';
import { stateReasonData } from './state-reason-data.ts';
import { transformerOfNull } from './transformer-of-null.ts';

/** The entries of docs/unknown.md that the throw-away stacks can answer. */
export const QUESTIONS: readonly Question[] = [
  // The first one: EC2 shows an ended instance for an hour only.
  endedInstanceTags,
  silent5xxCount,
  lateDatapoints,
  stateReasonData,
  alarmEventAndHistoryTime,
  currentServiceDeployment,
  ecsSvcNumber,
  passroleForUpdateService,
  enableExecuteCommandKey,
  busPolicyDeny,
  // This one may start a deployment.
  forceForCapacityProviders,
  inactiveTaskDefinitionRollback,
  lateWeights,
  latticeServiceDimension,
  latticeSpread,
  // This one leaves the listener without weights.
  latticeAllZero,
  aliasRevisionId,
  lateStage,
  stagePatchOrder,
  appconfigNativeEvents,
  appconfigRollbackEvent,
  // This one deploys.
  appconfigRevertOlder,
  appconfigRequestRates,
  // This one may delete the environment.
  appconfigDeletions,
  parameterConsistency,
  transformerOfNull,
  stackDuringUpdate,
  stackCancelCredentials,
  stackReplacementReason,
  pipelineTagsOfStages,
  pipelineAfterRollback,
  pipelineActionOrder,
];
