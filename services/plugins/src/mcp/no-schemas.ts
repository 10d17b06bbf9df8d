import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'

/**
 * The output schemas of a server are its own claim and may not be a schema at all: nothing is compiled of them. What a
 * tool answers is data in any case.
 */
export class NoSchemas implements jsonSchemaValidator {
  getValidator<T>(): JsonSchemaValidator<T> {
    return input => ({ valid: true, data: input as T, errorMessage: undefined })
  }
}
