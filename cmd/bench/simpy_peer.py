"""The two queues of the benchmark in SimPy, as its documentation would have one write them: a process for each customer.

Called with the number of servers, of priority classes and of customers; prints customers and seconds of each run it is
asked for by a line on standard input, so that two programs can take turns.
"""
import random
import sys
import time

import simpy

RATE_OF_SERVICE = 10.0  # an hour, for each server: 6 min each
UTILISATION = 0.9


def customer(env, servers, waits, handling):
    arrived = env.now
    with servers.request() as turn:
        yield turn
        waits.append(env.now - arrived)
        yield env.timeout(handling)


def prioritised(env, servers, waits, handling, priority):
    arrived = env.now
    with servers.request(priority=priority) as turn:
        yield turn
        waits[priority].append(env.now - arrived)
        yield env.timeout(handling)


def source(env, servers, waits, classes, customers, rate, rng):
    for _ in range(customers):
        yield env.timeout(rng.expovariate(rate))
        handling = rng.expovariate(RATE_OF_SERVICE)
        if classes == 1:
            env.process(customer(env, servers, waits, handling))
        else:
            env.process(prioritised(env, servers, waits, handling, rng.randrange(classes)))


def run(servers, classes, customers, seed):
    """Returns the mean wait in minutes."""
    rng = random.Random(seed)
    env = simpy.Environment()
    rate = UTILISATION * servers * RATE_OF_SERVICE
    if classes == 1:
        waits = []
        env.process(source(env, simpy.Resource(env, servers), waits, classes, customers, rate, rng))
        env.run()
        return 60 * sum(waits) / len(waits)
    waits = [[] for _ in range(classes)]
    env.process(source(env, simpy.PriorityResource(env, servers), waits, classes, customers, rate, rng))
    env.run()
    return 60 * sum(map(sum, waits)) / sum(map(len, waits))


def main():
    servers, classes, customers = map(int, sys.argv[1:4])
    print("simpy", simpy.__version__, "python", sys.version.split()[0], flush=True)
    for seed, _ in enumerate(sys.stdin):
        start = time.process_time()
        wait = run(servers, classes, customers, seed)
        print(customers, time.process_time() - start, wait, flush=True)


if __name__ == "__main__":
    main()
