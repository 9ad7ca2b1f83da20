// refused by: depcruise recognition-is-pure
import { bytes } from '../read/bytes';
export const read = bytes;
