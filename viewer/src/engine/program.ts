/** The Program: what the engine runs. Written from `engine/program.schema.json` by a test. */

/** A row of a table, from 0. */
export type Index = number;

export type Count = number;

/** Nanoseconds. */
export type Time = number;

export type Share = number;

/** Numerator and denominator. */
export type Fraction = [number, number];

export type Status = number;

export type Algorithm = "round_robin" | "least_connections" | "random" | "power_of_two" | "ip_hash" | "consistent_hash" | "weighted" | "priority";

/** A time: always the same, or drawn. */
export type Law = Time | {
  family: "exponential" | "uniform" | "normal" | "lognormal" | "erlang" | "hyperexponential" | "empirical";
  /** Nanoseconds unless said: exponential (mean), lognormal (mu, sigma: of ln nanoseconds), normal (mean, sd; cut at 0), uniform (low, high), erlang (k: a number, mean), hyperexponential (p: the share of the first, mean1, mean2), empirical (the values, equally likely). */
  parameters: Array<number>;
  /** The median: what a run that draws nothing takes. */
  typical: Time;
};

export type Component = {
  id: string;
  /** Present at first, of each shard. */
  replicas: Count;
  /** That there may be, of each shard: with what scaling may add. */
  most: Count;
  shards: Count;
  /** Whether a second set boots beside the first when it is deployed blue and green. */
  beside?: boolean;
  /** How many must be up to serve. */
  needs?: Count;
  /** Sessions that each replica holds at most. */
  connections?: Count;
  /** Requests that one replica works on at once; absent: no limit. */
  slots?: Count;
  /** Of one replica; absent: no limit. */
  cores?: Fraction;
  queue_limit?: Count;
  /** Requests that fit in. */
  memory?: Count;
  /** Whether it hands the status of a failed callee on. */
  passes_on?: boolean;
  /** Whether it is a person or client: always there, with no replica to choose and no resource. */
  actor?: boolean;
  /** Whether another replica takes over as the primary. */
  automatic?: boolean;
  failover_time?: Time;
  boot_time?: Time;
  drain_time?: Time;
  /** Whether a process that crashed is back after `boot_time`. */
  supervised?: boolean;
  /** The store that this one copies. */
  copy_of?: Index;
  /** platform: it is no balancer. by_checks: a balancer that learns of deaths by health checks alone. as_told: one that is told by the platform. */
  chooses?: "platform" | "by_checks" | "as_told";
  /** How long a client keeps what was chosen here for it. */
  remembers?: Time;
  /** A token bucket that all replicas share. */
  rate_limit?: {
    /** Each second. */
    rate: Fraction;
    burst: Count;
  };
  /** A message queue. */
  queue?: {
    max_length?: Count;
    /** Tries of a message. */
    deliveries: Count;
    /** After which a message that is not acknowledged appears again. */
    visibility: Time;
    /** The queue that takes what was delivered too often. */
    dead_letter?: Index;
  };
  /** A topic: every subscriber gets each message. */
  topic?: {
    /** Messages of one subscriber that can be in work at once; absent: no limit. */
    partitions?: Count;
    /** After which a message that still waits is gone; absent: never. */
    retention?: Time;
    /** Tries of a message, for each subscriber. */
    deliveries: Count;
    /** After which a message that is not acknowledged appears again. */
    visibility: Time;
    /** The queue or topic that takes what was delivered too often. */
    dead_letter?: Index;
    subscribers: Array<{
      component: Index;
      /** Whether it takes messages when it has a slot free; else it is called with each. */
      pulls: boolean;
    }>;
  };
  /** The entries of a cache whose hits are simulated. */
  cache?: {
    entries: Count;
    ttl?: Time;
    eviction: "lru" | "lfu" | "fifo" | "none";
    single_flight: boolean;
  };
  /** Of a function, which has an instance for each request, as many as `slots`: how long one waits for work before it is gone. */
  idle_after?: Time;
  /** When replicas come and go. */
  scaling?: {
    metric: "cpu" | "queue_length" | "request_rate";
    /** Per replica. */
    target: Fraction;
    minimum: Count;
    maximum: Count;
    interval: Time;
    cooldown: Time;
  };
  /** The queues and topics that it pulls messages from, in order. */
  feeds?: Array<Index>;
  /** The groups whose failure takes a copy down, copy by copy; further copies begin again with the first. */
  places?: Array<Array<string>>;
  /** Where each copy stands, likewise; absent where no connection prefers anybody. */
  sites?: Array<{
    zone?: string;
    region?: string;
  }>;
};

export type Connection = {
  from: Index;
  to: Index;
  /** Tells it from others between the same two. */
  name?: string;
  /** Calls in flight of each replica that asks. */
  max_concurrent?: Count;
  /** How long a call waits for one of these places; absent: it fails at once. */
  max_wait?: Time;
  /** Who is asked first: whoever stands near. */
  prefer?: "same_zone" | "same_region";
  /** Of messages, each way. */
  loss?: Share;
  breaker?: {
    opens_after: Fraction;
    over: Time;
    min_calls: Count;
    half_open_after: Time;
    probes: Count;
  };
  /** How each replica of a balancer looks after those it may ask. */
  check?: {
    /** When the first is sent; absent: drawn. */
    phase?: Time;
    interval: Time;
    timeout: Time;
    unhealthy_after: Count;
    healthy_after: Count;
  };
};

export type Flow = {
  id: string;
  from: Index;
  /** Whether it begins at a replica of `from`, which may be down. */
  inside: boolean;
  first?: Index;
  session?: Session;
  /** The flow over whose sessions it runs. */
  via?: Index;
};

/** How users stay connected; the flow's steps are their handshake. */
export type Session = {
  /** Absent: until it is dropped. */
  lasts?: Law;
  /** Of lives that are open at any moment: the longer, the more often. */
  first?: Law;
  /** After failure 1, 2, and so on; the last stands for all that follow. */
  waits: Array<Time>;
  jitter: "none" | "full" | "equal";
  /** How long until silence is noticed; absent: until a heartbeat is missed, after 20 to 45 s. */
  notice?: Time;
  /** The components at which a session holds a place. */
  holds: Array<Index>;
};

/** A store that a write waits for. */
export type Copy = {
  store: Index;
  connection: Index;
  latency?: Law;
  stream: string;
  /** Whether writes go on without it, once its loss is known. */
  continues: boolean;
};

/** One of the components that a call may ask, and how. */
export type Route = {
  to: Index;
  connection: Index;
  timeout?: Time;
  /** Whether `timeout` is the patience of who asks from outside, after which nothing is tried again. */
  gives_up: boolean;
  attempts: Count;
  /** Before each attempt after the first; where it ends there is none. */
  waits: Array<Time>;
  jitter: "none" | "full" | "equal";
  idempotent: boolean;
  /** Of first attempts, that may be tried again. */
  budget?: Share;
  /** Whether only the primary answers. */
  writes: boolean;
  /** How one of its replicas is chosen. */
  algorithm: Algorithm;
  weight: Count;
  latency?: Law;
  /** How long a new instance of a function takes until it works. */
  cold_start?: Law;
  /** The first operation of the callee; at a queue, of whoever takes the message. */
  steps?: Index;
  /** At a topic: the operation of each subscriber, with one route. */
  subscriptions?: Array<Index>;
  /** Of look-ups, that find something; absent: nothing is looked up. */
  hit?: Share;
  /** The first operation where nothing is found. */
  miss?: Index;
  miss_by_caller: boolean;
  copies: Array<Copy>;
};

/** A step. */
export type Operation = {
  kind: "call" | "work" | "together" | "follow";
  /** What the names of its draws begin with. */
  stream: string;
  next?: Index;
  times: Count;
  /** Runs of one request that draw apart. */
  spread: Count;
  chance?: Share;
  optional: boolean;
  /** Whether who asks waits for it. */
  waits: boolean;
  cpu?: Law;
  takes?: Law;
  status?: Status | {
    shares: Array<[Status, Share]>;
    /** The likeliest. */
    typical: Status;
  };
  /** Number and exponent of the keys (Zipf's law) that a simulated cache is asked for. */
  keys?: [number, number];
  fallback?: Index;
  /** The first operation of each branch; of `follow`: of what is followed. */
  branches: Array<Index>;
  /** Branches that must succeed. */
  needs: Count;
  /** The shard that is asked; absent: any. */
  shard?: Index;
  /** How one of several routes is chosen. */
  algorithm: Algorithm;
  routes: Array<Route>;
};

/** What runs. */
export type System = {
  components: Array<Component>;
  connections: Array<Connection>;
  flows: Array<Flow>;
  operations: Array<Operation>;
};

export type Target = {
  component?: Index;
  /** A component, and the number of its replica from 1. */
  replica?: [Index, number];
  group?: string;
  /** The components at its ends. */
  connection?: [Index, Index];
  /** Of several connections the one of this name. */
  name?: string;
};

export type Fault = {
  kind: "fail";
  at: Time;
  /** Absent: to the end. */
  for?: Time;
  target: Target;
  /** Absent: a group is silent, all else refuses. */
  mode?: "refuse" | "silent";
} | {
  kind: "slow";
  at: Time;
  /** Absent: to the end. */
  for?: Time;
  target: Target;
  factor: Fraction;
  plus: Time;
} | {
  kind: "lose";
  at: Time;
  /** Absent: to the end. */
  for?: Time;
  target: Target;
  share: Share;
} | {
  kind: "errors";
  at: Time;
  /** Absent: to the end. */
  for?: Time;
  target: Target;
  share: Share;
  status: Status;
  /** Whether they are answered at admission, without work. */
  at_once?: boolean;
} | {
  kind: "partition";
  at: Time;
  /** Absent: to the end. */
  for?: Time;
  target: Target;
} | {
  kind: "deploy";
  at: Time;
  plans: Array<{
    component: Index;
    at_once: Count;
    strategy: "rolling" | "recreate" | "canary" | "blue_green";
  }>;
};

/** Failures and repairs that are drawn. */
export type RandomFault = {
  name: string;
  target: Target;
  mtbf: Time;
  mttr: Time;
  mode: "refuse" | "silent";
};

/** What a trace takes for given from the beginning. */
export type Supposed = {
  kind: "down";
  target: Target;
  /** Whether whoever can has noticed. */
  noticed: boolean;
} | {
  kind: "slow";
  target: Target;
  factor: Fraction;
  plus: Time;
};

export type Load = {
  flow: Index;
  shape: "constant" | "ramp" | "spike" | "daily" | "file";
  arrivals: "poisson" | "even";
  /** Each second. */
  rate: Fraction;
  /** ramp, spike: the rate that it reaches. */
  to?: Fraction;
  /** ramp: how long it rises. */
  over?: Time;
  /** spike: when it begins. */
  at?: Time;
  /** spike: how long it lasts. */
  for?: Time;
  /** daily: the rate at the trough. */
  low?: Fraction;
  /** daily: how long after the trough the run begins. */
  since?: Time;
  /** file: from each second on, that many requests per second. */
  curve?: Array<[number, number]>;
  until?: Time;
} | {
  flow: Index;
  /** At 0, and every so often after it. */
  every?: Time;
  /** Else: at these moments, in rising order. */
  ticks: Array<Time>;
  /** What fails begins anew until so long after its tick; absent: it has failed. */
  deadline?: Time;
  until?: Time;
} | {
  flow: Index;
  users: Count;
  think?: Law;
  until?: Time;
};

/** Of flows together, or of a component: wrong where the metric is above or below its limit in each window of `over`. */
export type Alert = {
  metric: "success_rate" | "request_rate" | "percentile" | "burn_rate" | "cpu" | "memory" | "queue_length" | "replicas_up" | "requests" | "failures";
  flows?: Array<Index>;
  component?: Index;
  /** percentile: 0.99 is p99; its limit is in nanoseconds. */
  share?: Share;
  /** burn_rate: the share of requests that may fail. */
  allowed?: Fraction;
  above?: Fraction;
  below?: Fraction;
  over: Array<Time>;
  /** That it must hold before the alert fires. */
  for: Time;
  keep_firing_for: Time;
};

/** What is done with it. */
export type Run = {
  /** A decimal number of up to 64 bits. */
  seed: string;
  /** Whether what is random is drawn. */
  sampled: boolean;
  /** The end; absent: until nothing is left. */
  until?: Time;
  warm_up: Time;
  /** Between two samples; absent: none are taken. */
  scrape?: Time;
  /** How much of the log is kept. */
  watch: "everything" | "events" | "nothing";
  /** Caches that have nothing of what they are asked for. */
  misses: Array<Index>;
  loads: Array<Load>;
  faults: Array<Fault>;
  random_faults: Array<RandomFault>;
  supposed: Array<Supposed>;
  /** Whether figures over 60 equal intervals are kept. */
  charts?: boolean;
  /** By flow: response times of which scrapes count how many good answers took no longer. */
  limits?: Array<Array<number>>;
  /** Whether all samples of scrapes are kept; else 2,048 at most, equally far apart. */
  keeps_scrapes?: boolean;
  alerts?: Array<Alert>;
  /** Between two looks at the alerts. */
  evaluate?: Time;
  /** A single one, at time 0. */
  request?: {
    flow: Index;
    number: Count;
  };
};

/** What the engine runs. References are rows of the tables of `system`, from 0; what is absent is left out. */
export type Program = {
  version: 2;
  system: System;
  run: Run;
};
