"""A first spec in Python. Any command takes it where it takes YAML; reading it runs it."""

from archspec import Cache, Client, Database, LoadBalancer, Server, System, call

with System("Bookshop") as shop:
    reader = Client("reader", label="Browser")
    lb = LoadBalancer("lb", technology="nginx", replicas=2, algorithm="least_connections")
    api = Server("api", replicas=3, stateless=True, sessions_in="sessions")
    sessions = Cache("sessions", technology="redis")
    catalogue = Database("catalogue", technology="postgresql")

    reader >> lb >> api >> [sessions, catalogue]

    shop.flow("find-book", reader, call(lb, call(api, call(sessions), call(catalogue, takes="3ms"), cpu="4ms")))
