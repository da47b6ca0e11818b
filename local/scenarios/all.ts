import { appconfigBlocked } from './appconfig/blocked.ts';
import { appconfigPeople } from './appconfig/people.ts';
import { appconfigReleases } from './appconfig/releases.ts';
import { asgDrift } from './asg/drift.ts';
import { asgPeople } from './asg/people.ts';
import { instanceRefreshes } from './asg/refreshes.ts';
import { asgOverrideImages, asgRootVolumes } from './asg/root-volumes.ts';
import { asgStacks } from './asg/stacks.ts';
import { traps as asgTraps } from './asg/traps.ts';
import { stackFailures } from './cloudformation/failed.ts';
import { stackNoWayBack } from './cloudformation/no-way-back.ts';
import { stackSuperseded } from './cloudformation/superseded.ts';
import { stackUpdates } from './cloudformation/updates.ts';
import { codedeployBlueGreen } from './codedeploy/blue-green.ts';
import { codedeployBundles } from './codedeploy/bundles.ts';
import { codedeployInPlace } from './codedeploy/in-place.ts';
import { codedeployPeople } from './codedeploy/people.ts';
import { codedeployMissed } from './codedeploy/missed.ts';
import { codedeployShifts } from './codedeploy/shifts.ts';
import { codedeployTraps } from './codedeploy/traps.ts';
import { afterwards } from './ecs/afterwards.ts';
import { alarmsAsTheyAre } from './ecs/alarms-as-they-are.ts';
import { blockedWays } from './ecs/blocked-ways.ts';
import { brokenTasks } from './ecs/broken-tasks.ts';
import { failedDeployments } from './ecs/code-deploy-failed.ts';
import { codeDeployPutBack } from './ecs/code-deploy-put-back.ts';
import { codeDeployments } from './ecs/code-deploy.ts';
import { ecsDuringRollback } from './ecs/during-rollback.ts';
import { externalPutBack } from './ecs/external-put-back.ts';
import { externalTaskSets } from './ecs/external.ts';
import { forgedAlarms } from './ecs/forged-alarms.ts';
import { hurtingReleases } from './ecs/hurting-releases.ts';
import { idle } from './ecs/idle.ts';
import { judgement } from './ecs/judgement.ts';
import { lastKnownGood } from './ecs/last-known-good.ts';
import { longWays } from './ecs/long-ways.ts';
import { lostClaims } from './ecs/lost-claims.ts';
import { mishaps } from './ecs/mishaps.ts';
import { movedImages } from './ecs/moved-images.ts';
import { probeScenarios } from './ecs/probes.ts';
import { prometheusScenarios } from './ecs/prometheus.ts';
import { waitingQuestions } from './ecs/questions.ts';
import { putBackStories } from './ecs/put-back.ts';
import { ecsRequests } from './ecs/requests.ts';
import { resetRules } from './ecs/reset-rules.ts';
import { secondAlarms } from './ecs/second-alarm.ts';
import { slowStarts } from './ecs/slow-starts.ts';
import { stalled } from './ecs/stalled.ts';
import { strategies } from './ecs/strategies.ts';
import { balancerCauses } from './evidence/balancers.ts';
import { causes } from './evidence/causes.ts';
import { functionCauses } from './evidence/functions.ts';
import { instanceCauses } from './evidence/instances.ts';
import { shownEvidence } from './evidence/shown.ts';
import { lateTrail } from './evidence/trail.ts';
import { troubled } from './evidence/troubled.ts';
import { eventScenarios } from './events/events.ts';
import { authentication } from './elb/authentication.ts';
import { lookoutGate } from './lookout/gate.ts';
import { lookoutKinds } from './lookout/kinds.ts';
import { lookoutNevers } from './lookout/nevers.ts';
import { lookoutRaces } from './lookout/races.ts';
import { lookoutReleases } from './lookout/releases.ts';
import { behind as elbBehind } from './elb/behind.ts';
import { blockers } from './elb/blockers.ts';
import { elbDuringRollback } from './elb/during-rollback.ts';
import { releases } from './elb/releases.ts';
import { superseded as elbSuperseded } from './elb/superseded.ts';
import { latticeAlarms } from './lattice/alarms.ts';
import { latticeBehind } from './lattice/behind.ts';
import { latticeBlockers } from './lattice/blockers.ts';
import { latticeDuringRollback } from './lattice/during-rollback.ts';
import { latticeReleases } from './lattice/releases.ts';
import { latticeSuperseded } from './lattice/superseded.ts';
import { apigatewayNoWayBack } from './apigateway/no-way-back.ts';
import { apigatewayReleases } from './apigateway/releases.ts';
import { apigatewaySuperseded } from './apigateway/superseded.ts';
import { externalAnswers } from './external/answers.ts';
import { externalGitHub } from './external/github.ts';
import { externalReleases } from './external/releases.ts';
import { lambdaNoWayBack } from './lambda/no-way-back.ts';
import { lambdaReleases } from './lambda/releases.ts';
import { lambdaWholeFunction } from './lambda/whole-function.ts';
import { lambdaSuperseded } from './lambda/superseded.ts';
import { lambdaWeights } from './lambda/weights.ts';
import { pipelineReleases } from './pipeline/releases.ts';
import { pipelineSuperseded } from './pipeline/superseded.ts';
import { pipelineTraps } from './pipeline/traps.ts';
import { dnsBehind } from './route53/behind.ts';
import { dnsBlockers } from './route53/blockers.ts';
import { dnsSuperseded } from './route53/superseded.ts';
import { weights } from './route53/weights.ts';
import { worseOff } from './route53/worse.ts';
import { readinessApigateway } from './readiness/apigateway.ts';
import { readinessAppconfig } from './readiness/appconfig.ts';
import { readinessAsg } from './readiness/asg.ts';
import { readinessCloudformation } from './readiness/cloudformation.ts';
import { readinessCodedeploy } from './readiness/codedeploy.ts';
import { readinessCodeDeployService } from './readiness/code-deploy-service.ts';
import { readinessEcs } from './readiness/ecs.ts';
import { readinessExternalService } from './readiness/external-service.ts';
import { readinessLattice } from './readiness/lattice.ts';
import { readinessElb } from './readiness/elb.ts';
import { readinessExternal } from './readiness/external.ts';
import { readinessLambda } from './readiness/lambda.ts';
import { readinessPipeline } from './readiness/pipeline.ts';
import { readinessRoute53 } from './readiness/route53.ts';
import { rehearsalsLeft } from './rehearse/forward.ts';
import { rehearsalsOvertaken } from './rehearse/overtaken.ts';
import { rehearsalsRefused } from './rehearse/refused.ts';
import { rehearsalTroubles } from './rehearse/troubles.ts';
import { rehearsalWays } from './rehearse/ways.ts';
import { outages } from './outages/outages.ts';
import { pausedKinds } from './pause/kinds.ts';
import { pausedOthers } from './pause/others.ts';
import { pausedByPeople } from './pause/people.ts';
import { pauses } from './pause/pauses.ts';
import { pausedWrites } from './pause/writes.ts';
import { readinessBlueGreen } from './readiness/blue-green.ts';
import { readinessShared } from './readiness/shared.ts';
import type { Scenario } from './scenario.ts';
import { slackScenarios } from './slack/slack.ts';
import { reportScenarios } from './report/report.ts';
import { stopped } from './stopped.ts';
import { storms } from './storm/storms.ts';
import { watched } from './watched/watched.ts';
import { webhookScenarios } from './webhooks/webhooks.ts';
import { pace } from './pace/pace.ts';

/** Every scenario, in the order of `--list`. */
export const scenarios: readonly Scenario[] = [
  ...hurtingReleases,
  ...idle,
  ...brokenTasks,
  ...stalled,
  ...slowStarts,
  ...strategies,
  ...lastKnownGood,
  ...afterwards,
  ...movedImages,
  ...resetRules,
  ...ecsRequests,
  ...judgement,
  ...forgedAlarms,
  ...waitingQuestions,
  ...putBackStories,
  ...alarmsAsTheyAre,
  ...ecsDuringRollback,
  ...mishaps,
  ...pace,
  ...lostClaims,
  ...secondAlarms,
  ...longWays,
  ...blockedWays,
  ...outages,
  ...prometheusScenarios,
  ...probeScenarios,
  ...lookoutReleases,
  ...lookoutNevers,
  ...lookoutRaces,
  ...lookoutGate,
  ...lookoutKinds,
  ...readinessEcs,
  ...readinessCodeDeployService,
  ...readinessExternalService,
  ...readinessExternal,
  ...readinessLambda,
  ...readinessAsg,
  ...readinessApigateway,
  ...readinessElb,
  ...readinessLattice,
  ...readinessCloudformation,
  ...readinessCodedeploy,
  ...readinessPipeline,
  ...readinessRoute53,
  ...readinessAppconfig,
  ...readinessBlueGreen,
  ...readinessShared,
  ...externalTaskSets,
  ...externalPutBack,
  ...codeDeployments,
  ...failedDeployments,
  ...codeDeployPutBack,
  ...codedeployInPlace,
  ...codedeployMissed,
  ...stackUpdates,
  ...stackFailures,
  ...stackNoWayBack,
  ...stackSuperseded,
  ...codedeployBlueGreen,
  ...codedeployShifts,
  ...codedeployTraps,
  ...codedeployBundles,
  ...codedeployPeople,
  ...releases,
  ...blockers,
  ...latticeReleases,
  ...latticeSuperseded,
  ...latticeDuringRollback,
  ...latticeBlockers,
  ...latticeBehind,
  ...latticeAlarms,
  ...elbDuringRollback,
  ...authentication,
  ...elbSuperseded,
  ...elbBehind,
  ...externalAnswers,
  ...externalReleases,
  ...externalGitHub,
  ...lambdaReleases,
  ...lambdaNoWayBack,
  ...lambdaSuperseded,
  ...lambdaWeights,
  ...lambdaWholeFunction,
  ...apigatewayReleases,
  ...apigatewayNoWayBack,
  ...apigatewaySuperseded,
  ...pipelineReleases,
  ...pipelineSuperseded,
  ...pipelineTraps,
  ...weights,
  ...dnsBlockers,
  ...dnsSuperseded,
  ...worseOff,
  ...dnsBehind,
  ...appconfigReleases,
  ...appconfigPeople,
  ...appconfigBlocked,
  ...instanceRefreshes,
  ...asgTraps,
  ...asgPeople,
  ...asgStacks,
  ...asgDrift,
  ...asgRootVolumes,
  ...asgOverrideImages,
  ...slackScenarios,
  ...eventScenarios,
  ...causes,
  ...instanceCauses,
  ...functionCauses,
  ...balancerCauses,
  ...lateTrail,
  ...shownEvidence,
  ...troubled.flat(),
  ...storms,
  ...stopped,
  ...watched,
  ...pauses,
  ...pausedWrites,
  ...pausedKinds,
  ...pausedByPeople,
  ...pausedOthers,
  ...webhookScenarios,
  ...rehearsalWays,
  ...rehearsalsRefused,
  ...rehearsalTroubles,
  ...rehearsalsOvertaken,
  ...rehearsalsLeft,
  ...reportScenarios,
];
