declare const shape: unique symbol;

/** JSON of a `T`, ready to be sent: for hot reads whose parts PostgreSQL has put together already. A route that answers one names its media type. */
export type JsonText<T> = string & { readonly [shape]?: T };

/** The media type of {@link JsonText}; Fastify would call a text plain. */
export const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';
