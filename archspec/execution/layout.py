"""Where things lie in the flat integer tables of a program and of a run.

An entry of a table is named by its offset: field `F` of operation `op` is `program.operations[op + F]`. Nothing here
is an object, a string or a float, so that the kernel's functions mean the same interpreted and compiled.
`NONE` stands for absent everywhere.
"""

from archspec.model.attempts import FailureCause

NONE = -1
HALF = 2**52 - 1
"""The uniform number (of 53 bits) that a deterministic trace draws: just under one half."""
ONE = 2**53
CERTAIN = ONE

# -- causes of failure; 0 is none. The order is that of CAUSES.
REFUSED, RESET, TIMEOUT, SHED, RATE_LIMITED, NO_REPLICA, BREAKER_OPEN, BULKHEAD, ERROR = range(1, 10)
CAUSES = ("", *(cause.value for cause in FailureCause))

# -- classes of events at one instant (engine contract, section 1.2)
ENVIRONMENT, COMPLETION, TIMER, INCOMING, CONTROLLER, SCRAPING = range(6)

# -- operations
CALLING, WORKING, TOGETHER, FOLLOWING = range(4)
(
    OP_KIND,  # CALLING, WORKING (the caller's own work), TOGETHER (branches) or FOLLOWING (another flow's steps)
    OP_NEXT,  # the step after it
    OP_TIMES,
    OP_CHANCE,  # threshold of the draw, or NONE
    OP_CHANCE_DRAW,
    OP_OPTIONAL,
    OP_WAIT,
    OP_CPU,  # draw, or NONE
    OP_TAKES,  # draw, or NONE
    OP_ROUTES,  # first of the routes of a call
    OP_ROUTE_COUNT,
    OP_STATUS,  # draw, or NONE for 200
    OP_HIT_DRAW,
    OP_KEY_DRAW,  # key asked for where hits are simulated, or NONE
    OP_FALLBACK,
    OP_BRANCH,  # TOGETHER: first step of the first branch
    OP_SIBLING,  # first step of the next branch
    OP_NEEDS,  # TOGETHER: successes that suffice
    OP_SPREAD,  # runs of one request that draw apart: times × attempts
    OP_FAULT_DRAW,
    OP_SHARD,  # the shard asked, or NONE for any
    OP_ALGORITHM,  # how one of several routes is chosen
    OP_MEMBER,  # draw of a random choice among them
    OP_MEMBER_AGAIN,
    OP_SIZE,
) = range(25)

# -- routes: one possible target of a call, over its connection
(
    ROUTE_COMPONENT,
    ROUTE_EDGE,  # connection
    ROUTE_TIMEOUT,
    ROUTE_ATTEMPTS,
    ROUTE_WAITS,  # offset of the waits between attempts, or NONE
    ROUTE_JITTER,
    ROUTE_JITTER_DRAW,
    ROUTE_IDEMPOTENT,
    ROUTE_GIVES_UP,  # its time-out is the patience of the flow's caller, after which nothing is tried again
    ROUTE_BUDGET,  # retry tokens that a first attempt adds, or NONE
    ROUTE_BUDGET_UNIT,  # tokens that a retry takes
    ROUTE_WRITES,  # only the primary answers
    ROUTE_ALGORITHM,
    ROUTE_LATENCY,
    ROUTE_LOSS_OUT,
    ROUTE_LOSS_BACK,
    ROUTE_BALANCE,  # draw of a random choice
    ROUTE_BALANCE_AGAIN,
    ROUTE_WEIGHT,
    ROUTE_STEPS,  # first step of the callee; at a queue: of the consumer
    ROUTE_HIT,  # threshold of the draw, or NONE
    ROUTE_MISS,  # first step on a miss
    ROUTE_MISS_BY_CALLER,
    ROUTE_REPLICATION,  # a write: the first copy that it waits for, or NONE
    ROUTE_SIZE,
) = range(25)

# -- copies that a write waits for, row after row until one of NONE
(
    COPY_STORE,
    COPY_EDGE,
    COPY_LATENCY,  # draw, or NONE
    COPY_CONTINUES,  # writes go on without it, once its loss is known
    COPY_SIZE,
) = range(5)

NO_JITTER, FULL_JITTER, EQUAL_JITTER = range(3)
(
    ROUND_ROBIN,
    LEAST_CONNECTIONS,
    RANDOM,
    POWER_OF_TWO,
    IP_HASH,
    CONSISTENT_HASH,
    WEIGHTED,
    PRIORITY,
) = range(8)

# -- components
(
    COMPONENT_FIRST,  # first replica
    COMPONENT_COUNT,
    COMPONENT_SECOND,  # rows behind those for the processes that a blue-green deploy replaces: as many, or none
    COMPONENT_SHARDS,
    COMPONENT_NEEDS,
    COMPONENT_SLOTS,  # per replica, or NONE
    COMPONENT_CORES,  # per replica, or NONE
    COMPONENT_SPEED_OVER,  # cpu time × over / under: a core of 0.5 works at half speed
    COMPONENT_SPEED_UNDER,
    COMPONENT_QUEUE_LIMIT,
    COMPONENT_MEMORY,  # requests that fit, or NONE
    COMPONENT_PASSES_ON,  # a proxy: hands the status of a failed callee on
    COMPONENT_LIMITER,  # offset of its rate limiter, or NONE
    COMPONENT_QUEUE,  # offset of its messages, or NONE
    COMPONENT_CACHE,  # offset of its simulated entries, or NONE
    COMPONENT_AUTOMATIC,  # another replica takes over as the primary
    COMPONENT_FAILOVER_TIME,
    COMPONENT_BOOT_TIME,
    COMPONENT_DRAIN_TIME,
    COMPONENT_COPIES,  # the first store that copies it, or NONE
    COMPONENT_NEXT_COPY,  # of a store that copies another: the next one that copies the same, or NONE
    COMPONENT_COPY_COUNT,  # replicas of all stores that copy it
    COMPONENT_ACTOR,  # a person or client: no replica to choose, no resource
    COMPONENT_STICKY,  # how long a client keeps its replica of a target chosen here, or NONE
    COMPONENT_FEEDS,  # NONE, or the first queue a worker pulls from
    COMPONENT_SIZE,
) = range(26)

# -- edges: connections in use. State of an edge is kept per replica of the caller.
(
    EDGE_CALLER,
    EDGE_STATE,  # offset of the first caller replica's state
    EDGE_BULKHEAD,
    EDGE_BREAKER,  # whether it has one
    EDGE_OPENS_NUMERATOR,
    EDGE_OPENS_DENOMINATOR,
    EDGE_BUCKET,  # ns of one of the ten buckets of the breaker's window
    EDGE_MINIMUM,
    EDGE_HALF_OPEN_AFTER,
    EDGE_PROBES,
    EDGE_LOSS,  # threshold
    EDGE_CALLEE,
    EDGE_SIZE,
) = range(13)

# -- state of an edge for one caller replica
CLOSED, OPEN, HALF_OPEN = range(3)
(
    STATE_IN_FLIGHT,
    STATE_TOKENS,
    STATE_BREAKER,
    STATE_EPOCH,  # counts the breaker's changes: answers to calls of an earlier epoch are ignored
    STATE_OPENED,
    STATE_PROBING,
    STATE_PROBED,
    STATE_BUCKETS,  # ten times (number, calls, failures)
) = range(8)
STATE_SIZE = STATE_BUCKETS + 30
FULL_BUDGET = 10
"""Retries that a bucket has room for."""
TOKEN = 10**9
"""One retry, in the units in which a bucket is counted."""

# -- choosers: whoever remembers whom it sent to. 0 is the platform, the others are balancer replicas.
PLATFORM = 0
NEVER_LEARNS, LEARNS_LATE, CHECKS = range(3)

# -- tasks: everything under way, in one growing list
FREE, REQUEST, SEQUENCE, CALL, ATTEMPT, JOIN, MESSAGE, OWN_WORK = range(8)
(
    KIND,
    SERIAL,  # counts the uses of this place, so that an event meant for an earlier task is recognised
    PARENT,
    PARENT_SERIAL,
    WHERE,  # replica that runs it; for an attempt: that sent it
    REQUEST_INDEX,
    OCCURRENCE,  # which run of a step within its request: part of what a draw depends on
    CONTEXT,  # attempt inside which it runs, by its number in the log; 0: the flow's first caller
    OP,
    DEGRADED,
    STATUS,
    CAUSE,
    RESULT_STATUS,  # what the last task that this one waited for came to
    RESULT_CAUSE,
    REPEAT,
    LAST,  # SEQUENCE: repetitions of the present step
    TRIES,  # CALL: attempts begun; MESSAGE: deliveries
    TRIED,  # CALL: bit set of replicas tried
    ROUTE,
    PHASE,
    REPLICA,  # ATTEMPT: who was asked
    WAITING,  # ATTEMPT: somebody still waits for it
    OWN,  # ATTEMPT: the failure arose at this hop
    HOLDS,
    SENT,
    BACK,
    SINCE,  # begin of the present phase
    AFTER,  # next in a queue
    NUMBER,  # in the log
    EPOCH,  # of the breaker when it was sent
    LEFT,  # JOIN: branches under way
    LACKING,  # JOIN: successes still needed
    SHARD,
    KEY,
    MISSED,  # ATTEMPT, CALL: the cache did not have it (FILLING: it is asking for it)
    ENTERED,  # ATTEMPT: when it came in
    DELIVERY,  # ATTEMPT: which delivery of a message it is; 0: none
    QUEUE,  # MESSAGE: the queue it is in
    TIMER_BEFORE,  # ATTEMPT: those whose time-outs come before and after, on the same route
    TIMER_AFTER,
    TIMER_SEQUENCE,  # the place in the order of events that its time-out has
    TASK_SIZE,
) = range(42)
FILLING = 2

# -- phases of an attempt, seen from the callee
TRAVELLING, QUEUED, IN_CORE_QUEUE, IN_CPU, IN_TAKES, REPLICATING, IN_STEPS, RETURNING, GONE = range(9)
# -- phases of a call, seen from the caller
ASKING, MISSING, FALLING_BACK = range(3)
HOLDS_SLOT, HOLDS_CORE, HOLDS_NOTHING_YET = 1, 2, 0

# -- faults, as rows of a run's timeline
DOWN, SLOW_REPLICA, SLOW_EDGE, LOSE, CUT, ISLAND, ERRORS, DEPLOY = range(8)
(
    FAULT_KIND,
    FAULT_TARGET,  # replica, edge, component or plan
    FAULT_OVER,  # slow: factor; lose, errors: threshold; down: mode; island: its bit
    FAULT_UNDER,
    FAULT_PLUS,
    FAULT_ACTIVE,
    FAULT_NUMBER,  # in the order of the scenario
    FAULT_SIZE,
) = range(8)
REFUSING, SILENT = range(2)
# -- health checks
(
    CHECK_REPLICA,  # who checks
    CHECK_TARGET,  # the replica that is checked
    CHECK_EDGE,
    CHECK_PHASE,  # when the first check is sent, or NONE: it is drawn
    CHECK_INTERVAL,
    CHECK_TIMEOUT,
    CHECK_UNHEALTHY,
    CHECK_HEALTHY,
    CHECK_SIZE,
) = range(9)
# -- plans: deploys of one component
(
    PLAN_FIRST,  # first replica
    PLAN_COUNT,
    PLAN_NEXT,  # number of the next to leave
    PLAN_AWAY,  # how many are out
    PLAN_AT_ONCE,
    PLAN_CANARY,
    PLAN_BLUE_GREEN,
    PLAN_AFTER,  # plan that follows, or NONE
    PLAN_SIZE,
) = range(9)
# -- scalers
(
    SCALER_COMPONENT,
    SCALER_METRIC,
    SCALER_TARGET_NUMERATOR,
    SCALER_TARGET_DENOMINATOR,
    SCALER_MINIMUM,
    SCALER_MAXIMUM,
    SCALER_INTERVAL,
    SCALER_COOLDOWN,
    SCALER_SEEN,  # the measured sum at the last decision
    SCALER_SIZE,
) = range(10)
BY_CPU, BY_QUEUE, BY_RATE = range(3)

# -- what can happen; the number is that of a heap or agenda entry
(
    ADVANCE,
    RESULT,
    TRY,
    ARRIVE,
    BEGIN,
    START_CPU,
    END_CPU,
    TAKE,
    TAKEN,
    ANSWER,
    REPLY,
    HEAR,
    TIME_OUT,
    ARRIVAL,
    DISPATCH,
    REAPPEAR,
    FAULT,
    CHECK,
    CHECK_SILENT,
    NOTICE,
    DRAINED,
    BOOTED,
    SCALE,
    SAMPLE,
    THINK_OVER,
    CONTINUE,
    REPLICATE,
    REPLICATED,
) = range(28)

# -- what is recorded: nothing, what concerns the system, or every call too
SILENCE, EVENTS, EVERYTHING = range(3)
# -- what the log tells, with its numbers
(
    LOG_ARRIVAL,  # request
    LOG_SENT,  # attempt, context, operation, replica (or NONE)
    LOG_ATTEMPT,  # attempt, which try, request, edge
    LOG_ARRIVED,  # attempt, replica
    LOG_QUEUED,  # attempt, replica, queue
    LOG_WORKED,  # attempt (own work: NONE), replica, queue (slot or core), since
    LOG_OWN,  # context, operation, replica, since
    LOG_CACHE,  # attempt, hit
    LOG_ANSWERED,  # attempt, status, cause, own
    LOG_HEARD,  # attempt, status, cause
    LOG_BACKOFF,  # operation, context, wait, request
    LOG_LOST,  # attempt, on the way back
    LOG_RESPONSE,  # request, status, cause, degraded
    LOG_PUBLISHED,  # queue, message, context
    LOG_DELIVERED,  # queue, message, delivery
    LOG_DELIVERY,  # queue, message, delivery, done
    LOG_FALLBACK,  # operation, context
    LOG_WAITS,  # attempt, replica, copy that it waits for
    LOG_BREAKER,  # edge, state, replica; from here on: what is told of a run of any length
    LOG_BELIEF,  # chooser, replica, believed
    LOG_FAULT,  # fault, begins
    LOG_DEAD,  # queue, message, dead letter queue
    LOG_SCALED,  # component, replicas
    LOG_DEPLOY,  # replica, which of the moves below
) = range(24)

# -- phases of a message
STORED, DELIVERED, SETTLED = range(3)
# -- message queues
(
    MESSAGES_HEAD,
    MESSAGES_TAIL,
    MESSAGES_LISTED,  # length of the list: messages waiting, and those done after they had reappeared
    MESSAGES_WAITING,
    MESSAGES_IN_WORK,
    MESSAGES_PUBLISHED,
    MESSAGES_DONE,
    MESSAGES_DEAD,
    MESSAGES_DELIVERIES,
    MESSAGES_MAXIMUM,
    MESSAGES_DEAD_LETTER,
    MESSAGES_TRIES,
    MESSAGES_VISIBILITY,
    MESSAGES_REPLICA,  # the queue's first replica, which its deliveries come from
    MESSAGES_COMPONENT,
    MESSAGES_SIZE,
) = range(16)

# -- moves of a replica in a deploy, or when replicas come and go by themselves
LEAVES, GOES_DOWN, RETURNS, LEAVES_FOR_GOOD, IS_GONE, SERVES, BOOTS_BESIDE, TAKES_OVER, WAS_REPLACED = range(9)

# -- time-outs of a route, in the order in which they come
(TIMERS_FIRST, TIMERS_LAST, TIMERS_SCHEDULED, TIMERS_SIZE) = range(4)

# -- queues of a replica
SLOT_QUEUE, CORE_QUEUE = range(2)
(QUEUE_HEAD, QUEUE_TAIL, QUEUE_WAITING, QUEUE_SIZE) = range(4)

# -- replicas
(
    REPLICA_COMPONENT,
    REPLICA_ORDINAL,
    REPLICA_REGISTERED,  # booted and not draining
    REPLICA_REFUSES,  # faults that hold it down, by mode
    REPLICA_SILENT,
    REPLICA_SLOTS_USED,
    REPLICA_CORES_USED,
    REPLICA_IN_WORK,
    REPLICA_SLOW_OVER,
    REPLICA_SLOW_UNDER,
    REPLICA_SLOW_PLUS,
    REPLICA_ISLAND,  # partitions that cut its place off, as a bit set
    REPLICA_CHOOSER,
    REPLICA_DEPLOY,  # the deploy or scaling that takes it out, or NONE
    REPLICA_SHARD,  # or NONE: it holds all of them
    REPLICA_EXISTS,
    REPLICA_DOWN_SINCE,
    REPLICA_ISLAND_SINCE,
    REPLICA_LEFT,  # when it began to drain
    REPLICA_BEGUN,  # requests under way that began here
    REPLICA_SIZE,
) = range(21)
SCALED_AWAY = 10**9
"""In place of a deploy: this replica leaves because fewer are wanted."""
REPLACED = 10**9 + 1
"""In place of a deploy: another process has taken this one's place."""
