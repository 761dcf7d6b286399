/** The figures of a run that is over, as the command line has them. */

import { useMemo } from "preact/hooks";
import type { Data } from "../data";
import { duration } from "../engine/spelling";
import { share } from "./flow_states";
import type { Live } from "./live";
import type { FlowFigures } from "./results";

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
                <th scope="row">{titleOf(data, flow)}</th>
                <td class="number">{flow.offered.toLocaleString("en")}</td>
                <td class="number">{flow.ok.toLocaleString("en")}</td>
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
      {found.map((flow) => (
        <Causes key={flow.id} flow={titleOf(data, flow)} failed={flow.failed} />
      ))}
    </div>
  );
}

const titleOf = (data: Data, { id }: FlowFigures): string => data.flows.find((each) => each.id === id)?.title ?? id;

/** Why requests of a flow failed, the most frequent cause first, each with its share of the failures as a bar. */
function Causes({ flow, failed }: { flow: string; failed: [cause: string, count: number][] }) {
  const all = failed.reduce((sum, [, count]) => sum + count, 0);
  if (!all) return null;
  return (
    <ul class="causes" aria-label={`Why ${flow} failed`}>
      {[...failed]
        .sort(([, one], [, other]) => other - one)
        .map(([cause, count]) => (
          <li key={cause}>
            <span>{`${flow}: ${cause.replaceAll("_", " ")}`}</span>
            <span class="number">{count.toLocaleString("en")}</span>
            <span class="bar" aria-hidden="true">
              <i style={{ width: `${(100 * count) / all}%` }} />
            </span>
          </li>
        ))}
    </ul>
  );
}
