/** The alerts that have fired up to the moment that is looked at, the last first: since when, and who is told. */

import type { Data } from "../data";
import { duration } from "../engine/spelling";
import { firingsOf } from "./alerts";
import { ICONS } from "../icons";
import type { Live } from "./live";

export function AlertList({ data, live }: { data: Data; live: Live }) {
  const { moment, playing } = live;
  const changes = playing.alerts.filter(({ at }) => at <= moment);
  const fired = firingsOf(changes).reverse();
  const title = (id: string) => data.components.find((each) => each.id === id)?.title ?? id;
  if (!fired.length) return null;
  return (
    <ul class="alerts" aria-label="Alerts" data-changes={JSON.stringify(changes.map(({ alert, at, state }) => [alert.id, at, state]))}>
      {fired.map(({ alert, from, until }) => (
        <li key={`${alert.id} ${from}`} class={until === null ? "firing" : "resolved"}>
          {ICONS.bell}
          <span class="title" title={alert.description}>
            {alert.id}
          </span>
          <span class="result">{until === null ? `fires since ${duration(from)}` : `fired ${duration(from)} to ${duration(until)}`}</span>
          {alert.told.length ? <span class="told">tells {alert.told.map(title).join(", ")}</span> : null}
        </li>
      ))}
    </ul>
  );
}
