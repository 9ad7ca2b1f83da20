import { version } from '../../../../../package.json';

/** The version of the product, as the package says. */
export const PRODUCT_VERSION: string = version;
