/** The findings about stages of CodePipeline (functions/mechanisms/pipeline/ready), with their usual severity. */
export const PIPELINE = {
  'change-set-consumed': 'blocks',
  'approval-in-stage': 'slows',
  'faster-target': 'slows',
} as const;
