// What reading may cost. Everything from outside is bounded before it is believed.

/** Megabytes of a document at most. */
export const DOCUMENT_SIZE_LIMIT = 20;
/** Megabytes an archive may unpack to, all parts together. */
export const UNPACKED_LIMIT = 200;
/** Megabytes one part of an archive may unpack to; of a larger sheet only so much is read. */
export const PART_LIMIT = 64;
/** Files an archive may hold. */
export const ENTRY_LIMIT = 20_000;
/** How many times larger than its archive content may be, where it is large at all: office programs reach about 30. */
export const RATIO_LIMIT = 250;
/** Rows read of one sheet: far more than any target table has. */
export const ROW_LIMIT = 20_000;
/** Columns read of one row. */
export const COLUMN_LIMIT = 200;
/** How deep elements may lie in one another; tables of forms lie three or four deep. */
export const DEPTH_LIMIT = 1_000;
/** Pages read of one file. */
export const PAGE_LIMIT = 500;

/** Seconds a conversion of an old file may take; the first start of the converter on a machine takes ten of them. */
export const CONVERSION_SECONDS = 60;

export const MEGABYTE = 1_048_576;
