import { z } from 'zod';

/** A document of which any part may be missing. What cannot be read in an array keeps its place, as undefined. */
export type Partly<T> = T extends readonly (infer One)[]
  ? (Partly<One> | undefined)[]
  : T extends object
    ? { [Field in keyof T]?: Partly<T[Field]> | undefined }
    : T;

/**
 * What a schema can read of a document that it cannot read whole, so that whoever wrote it learns at once of all that
 * is wrong. A field that is there and cannot be read is undefined; one that the schema does not know is not there.
 */
export function readable<Schema extends z.ZodType>(
  schema: Schema,
  written: unknown,
): Partly<z.infer<Schema>> | undefined {
  return partOf(schema, written) as Partly<z.infer<Schema>> | undefined;
}

function partOf(schema: z.core.$ZodType, written: unknown): unknown {
  const read = z.safeParse(schema, written);
  if (read.success) return read.data;
  if (schema instanceof z.ZodOptional) return partOf(schema.unwrap(), written);
  if (schema instanceof z.ZodArray && Array.isArray(written))
    return written.map((one) => partOf(schema.element, one));
  if (schema instanceof z.ZodObject && typeof written === 'object' && written !== null)
    return Object.fromEntries(
      Object.entries(written).flatMap(([field, value]) => {
        const known = schema.shape[field];
        return known ? [[field, partOf(known, value)]] : [];
      }),
    );
  return undefined;
}
