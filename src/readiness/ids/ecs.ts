/** The findings about ECS services (functions/mechanisms/ecs/ready), with their usual severity. */
export const ECS = {
  'definition-inactive': 'blocks',
  'image-gone': 'blocks',
} as const;
