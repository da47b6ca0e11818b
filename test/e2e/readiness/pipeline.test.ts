import { readinessPipeline } from '../../../local/scenarios/readiness/pipeline.ts';
import { plays } from '../plays.ts';

plays('readiness: stages of CodePipeline', readinessPipeline);
