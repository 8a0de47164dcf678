/** A gateway before several subgraphs: `node gateway.mjs name=url name=url`.
 *
 * It asks each for its schema, composes them, prints the port that it listens on, and answers
 * queries at any path. Callers' `Authorization` is handed on, as gateways before Saleor do. */

import { createServer } from "node:http";

import { buildHTTPExecutor } from "@graphql-tools/executor-http";
import { getStitchedSchemaFromSupergraphSdl } from "@graphql-tools/federation";
import { composeServices } from "@theguild/federation-composition";
import { execute, parse, validate } from "graphql";

const services = await Promise.all(
  process.argv.slice(2).map(async (argument) => {
    const [name, url] = argument.split("=", 2);
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: "{ _service { sdl } }" }),
    });
    const { data } = await response.json();
    return { name, url, typeDefs: parse(data._service.sdl) };
  }),
);
const { supergraphSdl, errors } = composeServices(services);
if (errors?.length) {
  for (const { message } of errors) console.error(message);
  process.exit(1);
}

const schema = getStitchedSchemaFromSupergraphSdl({
  supergraphSdl,
  batch: true,
  onSubschemaConfig(subschema) {
    subschema.executor = buildHTTPExecutor({
      endpoint: services.find(({ name }) => name.toUpperCase() === subschema.name.toUpperCase())
        .url,
      headers: (request) => request?.context?.headers ?? {},
    });
  },
});

async function answer(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { query, variables } = JSON.parse(body);
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length) return { errors: invalid };
  const { authorization } = request.headers;
  return execute({
    schema,
    document,
    variableValues: variables,
    contextValue: { headers: authorization ? { authorization } : {} },
  });
}

const server = createServer((request, response) => {
  answer(request).then(
    (result) => response.end(JSON.stringify(result)),
    (error) => response.writeHead(500).end(String(error?.stack ?? error)),
  );
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
