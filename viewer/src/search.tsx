/** Finds a component by name, id, kind or technology. */

import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { Component, Data } from "./data";

const MOST = 8;

interface Props {
  data: Data;
  field: RefObject<HTMLInputElement>;
  onFound: (id: string) => void;
}

export function Search({ data, field, onFound }: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = text.trim() ? data.components.filter((each) => fits(each, text)).slice(0, MOST) : [];
  const take = (component: Component | undefined): void => {
    if (!component) return;
    setText("");
    onFound(component.id);
  };
  const press = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") take(found[at]);
    else if (event.key === "Escape") {
      setText("");
      field.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <div class="search">
      <input
        ref={field}
        type="search"
        placeholder="Find a component  /"
        aria-label="Find a component"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="viewer-found"
        aria-activedescendant={found[at] ? `viewer-found-${at}` : undefined}
        autocomplete="off"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul id="viewer-found" role="listbox" aria-label="Components found" hidden={!text.trim()}>
        {found.map((each, i) => (
          <li key={each.id} id={`viewer-found-${i}`} role="option" aria-selected={i === at} onMouseDown={() => take(each)}>
            <strong>{each.title}</strong> <span>{[each.kind, each.technology].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
        {found.length === 0 ? <li class="none">nothing found</li> : null}
      </ul>
    </div>
  );
}

function fits(component: Component, text: string): boolean {
  const words = [component.title, component.id, component.kind, component.technology].join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}
