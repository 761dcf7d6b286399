/** The figures of a run that is over, as the command line has them. */

import { useMemo } from "preact/hooks";
import type { Data } from "../data";
import { duration } from "../engine/spelling";
import { share } from "./flow_states";
import type { Live } from "./live";

export function Figures({ data, live }: { data: Data; live: Live }) {
  const found = useMemo(() => live.playing.figures(), [live.playing]);
  return (
    <div class="figures">
      <h4>The whole run</h4>
      <div class="scroll" tabIndex={0} role="region" aria-label="Figures of the whole run">
        <table class="compact">
          <thead>
            <tr>
              <th scope="col">Flow</th>
              {["Offered", "Ok", "Success", "Mean", "p50", "p95", "p99"].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map((flow) => (
              <tr key={flow.id} data-figures={JSON.stringify(flow)}>
                <th scope="row">{data.flows.find((each) => each.id === flow.id)?.title ?? flow.id}</th>
                <td class="number">{flow.offered}</td>
                <td class="number">{flow.ok}</td>
                <td class="number">{flow.success === null ? "–" : share(flow.success)}</td>
                {[flow.mean, flow.percentiles.p50, flow.percentiles.p95, flow.percentiles.p99].map((time, index) => (
                  <td key={index} class="number">
                    {time === null || time === undefined ? "–" : duration(time)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
