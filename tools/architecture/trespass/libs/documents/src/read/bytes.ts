export const bytes = (): Uint8Array => new Uint8Array();
