import { pipelineReleases } from '../../../local/scenarios/pipeline/releases.ts';
import { plays } from '../plays.ts';

plays('pipeline: releases', pipelineReleases);
