/** Items in order, found by halving. The order must tell apart what is not the same item. */
export class SortedList<Item> {
  private items: Item[] = [];

  constructor(private readonly compare: (one: Item, other: Item) => number) {}

  /** Instead of what was in it. */
  fill(items: Item[]): void {
    this.items = items.sort(this.compare);
  }

  add(item: Item): void {
    this.items.splice(this.placeOf(item), 0, item);
  }

  /** Takes out the item that is equal by the order; nothing happens when there is none. */
  remove(item: Item): void {
    const place = this.placeOf(item);
    const found = this.items[place];
    if (found !== undefined && this.compare(found, item) === 0) this.items.splice(place, 1);
  }

  first(number: number): Item[] {
    return this.items.slice(0, number);
  }

  /** Of the first item that does not come before it. */
  private placeOf(item: Item): number {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.items[middle] as Item, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
