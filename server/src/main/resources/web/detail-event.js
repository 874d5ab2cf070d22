/** An event with a `detail` of a known type, also where there is no `CustomEvent` (Node before 19). @template T */
export class DetailEvent extends Event {
  /** @param {string} type @param {T} detail */
  constructor(type, detail) {
    super(type);
    this.detail = detail;
  }
}
