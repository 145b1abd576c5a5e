/** Places of a text that something takes up. */
export class PlaceSet {
  private readonly places = new Set<number>();

  constructor(ranges: readonly { start: number; end: number }[] = []) {
    for (const { start, end } of ranges) this.add(start, end);
  }

  add(start: number, end: number): void {
    for (let place = start; place < end; place += 1) this.places.add(place);
  }

  touches(start: number, end: number): boolean {
    for (let place = start; place < end; place += 1) if (this.places.has(place)) return true;
    return false;
  }
}
