/** Drawn again only when what it is given has changed. (The one of preact/compat brings all of compat along.) */

import { createElement, type Component, type FunctionComponent } from "preact";

type Same<P> = (before: P, after: P) => boolean;

export function memo<P extends object>(draw: FunctionComponent<P>, same: Same<P> = shallow): FunctionComponent<P> {
  function Memo(this: Component<P>, props: P) {
    this.shouldComponentUpdate = (next) => !same(this.props, next as P);
    return createElement(draw, props);
  }
  return Memo as unknown as FunctionComponent<P>;
}

function shallow<P extends object>(before: P, after: P): boolean {
  const names = Object.keys({ ...before, ...after }) as (keyof P)[];
  return names.every((name) => before[name] === after[name]);
}
