const MILLISECONDS_OF_DAY = 86_400_000;
/** Day 0 for serials after February 1900, which the format takes for a leap year. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 01/3/1900 and 31/12/9999. */
const FIRST = 61;
const LAST = 2_958_465;

/**
 * The day that the number of a date cell stands for, yyyy-MM-dd.
 *
 * @returns null for what is no whole day from March 1900 on
 */
export function dayOfSerial(text: string, from1904 = false): string | null {
  if (!/^\d{1,7}(\.0+)?$/.test(text)) return null;
  const serial = Number(text);
  if (serial > LAST || (!from1904 && serial < FIRST)) return null;
  const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
  return new Date(epoch + serial * MILLISECONDS_OF_DAY).toISOString().slice(0, 10);
}
