// written by `archspec export` from stormy.yaml, do not edit
import { sleep } from "k6";
import http from "k6/http";

http.setResponseCallback(http.expectedStatuses({ min: 200, max: 428 }, { min: 430, max: 499 }));

const target = __ENV.TARGET || "http://127.0.0.1:8080";

export const options = {
  "scenarios": {
    "buy": {
      "executor": "ramping-arrival-rate",
      "startRate": 40,
      "stages": [
        {
          "target": 40,
          "duration": "25m"
        },
        {
          "target": 80,
          "duration": "0s"
        },
        {
          "target": 80,
          "duration": "4m"
        },
        {
          "target": 40,
          "duration": "0s"
        },
        {
          "target": 40,
          "duration": "11m"
        }
      ],
      "timeUnit": "1s",
      "preAllocatedVUs": 80,
      "exec": "flow_buy"
    },
    "look": {
      "executor": "constant-arrival-rate",
      "rate": 60,
      "duration": "40m",
      "timeUnit": "1s",
      "preAllocatedVUs": 60,
      "exec": "flow_look"
    }
  },
  "thresholds": {
    "http_req_failed{flow:buy}": [
      "rate<0.001"
    ],
    "http_req_duration{flow:buy}": [
      "p(50)<50",
      "p(99)<250"
    ],
    "http_req_failed{flow:look}": [
      "rate<0.01"
    ],
    "http_req_duration{flow:look}": [
      "p(95)<100"
    ]
  }
};

export function flow_buy() {
  http.request("POST", target + "/orders/7", null, {"tags": {"flow": "buy"}});
}

export function flow_look() {
  http.request("GET", target + "/items/7", null, {"tags": {"flow": "look"}});
}
