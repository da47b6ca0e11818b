'use strict';
// Publishes the JSON Schema of each event's detail to a schema registry: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, 'schemas');

/** The file as a resource of the stack; EventBridge names a schema by the source and the detail type. */
function schema(file) {
  const content = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
  const name = content.title.replaceAll(' ', '');
  const Properties = {
    RegistryName: { 'Fn::GetAtt': ['EventSchemas', 'RegistryName'] },
    SchemaName: `lastgood@${name}`,
    Description: `The detail of "${content.title}", version 1.`,
    Type: 'JSONSchemaDraft4',
    Content: JSON.stringify(content),
  };
  return [`${name}Schema`, { Type: 'AWS::EventSchemas::Schema', Condition: 'SchemasAreHere', Properties }];
}

module.exports.stack = () => ({
  Resources: Object.fromEntries(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.json'))
      .map(schema),
  ),
});
