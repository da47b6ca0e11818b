import { pipelineTraps } from '../../../local/scenarios/pipeline/traps.ts';
import { plays } from '../plays.ts';

plays('pipeline: traps', pipelineTraps);
