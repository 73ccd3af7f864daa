"""The metrics of the Prometheus hook, scraped over HTTP and parsed."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.parser import text_string_to_metric_families

from launcher_gui.recovery import CircuitBreakerOpenError, recoverable
from launcher_gui.recovery.adapters.prometheus import OTHER, PrometheusHook, place_of
from launcher_gui.recovery.hooks import BreakerMoved
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.text.message import NOTHING, foreign
from tests.support.builders.clock import FakeClock
from tests.support.store import facts

Samples = dict[tuple[str, tuple[str, ...]], float]
Scrape = Callable[[], Samples]


@pytest.fixture
def registry() -> CollectorRegistry:
    """Return the test's own registry."""
    return CollectorRegistry()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base's name
        """Log nothing."""


@pytest.fixture
def scrape(registry: CollectorRegistry) -> Iterator[Scrape]:
    """Serve the registry on loopback; return what reads it: values by name and labels' values, in the labels' order."""
    server = make_server("127.0.0.1", 0, make_wsgi_app(registry), handler_class=_Quiet)
    # As prometheus_client.start_http_server does, which takes half a second to stop.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def read() -> Samples:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/metrics", timeout=10) as answer:
            text = answer.read().decode()
        return {
            (sample.name, tuple(sample.labels[name] for name in sorted(sample.labels))): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if not sample.name.endswith("_created")
        }

    yield read
    server.shutdown()
    server.server_close()
    thread.join()


def test_facts_are_counted(registry: CollectorRegistry, scrape: Scrape) -> None:
    """Failures are counted by kind, ends by state, times and waits as histograms."""
    hook = PrometheusHook(registry)
    for fact in (facts.started(), facts.retrying(), facts.progress(3), facts.given_up(), facts.ended()):
        hook(fact)
    hook(facts.ended(OperationState.FAILED))
    samples = scrape()
    assert samples["recovery_attempts_failed_total", ("network", "shop.buy", "retrying")] == 1
    assert samples["recovery_attempts_failed_total", ("network", "shop.buy", "failed")] == 1
    assert samples["recovery_operations_ended_total", ("shop.buy", "completed")] == 1
    assert samples["recovery_operations_ended_total", ("shop.buy", "failed")] == 1
    assert samples["recovery_operation_duration_seconds_sum", ("shop.buy", "completed")] == 3.0
    assert samples["recovery_operation_duration_seconds_bucket", ("shop.buy", "1.0", "completed")] == 0
    assert samples["recovery_operation_duration_seconds_bucket", ("shop.buy", "5.0", "completed")] == 1
    assert samples["recovery_wait_seconds_count", ("shop.buy",)] == 1
    assert samples["recovery_wait_seconds_sum", ("shop.buy",)] == 2.0


@pytest.mark.parametrize(
    ("state", "value"),
    [
        (BreakerState.CLOSED, 0),
        (BreakerState.HALF_OPEN, 1),
        (BreakerState.OPEN, 2),
        (BreakerState.ISOLATED, 3),
    ],
)
def test_a_breaker_shows_its_state(
    registry: CollectorRegistry, scrape: Scrape, state: BreakerState, value: float
) -> None:
    """A scope's gauge is the latest state of its breaker."""
    hook = PrometheusHook(registry)
    hook(BreakerMoved("shop", BreakerState.CLOSED, BreakerState.OPEN, foreign("connection reset")))
    hook(BreakerMoved("shop", BreakerState.OPEN, state, foreign("connection reset")))
    assert scrape()["recovery_breaker_state", ("shop",)] == value
    assert scrape()["recovery_breaker_moves_total", ("shop", state)] >= 1


def test_neither_operations_nor_addresses_are_labels(registry: CollectorRegistry, scrape: Scrape) -> None:
    """Labels contain no ids, and only the host of an address."""
    hook = PrometheusHook(registry)
    for number in range(50):
        about = facts.call(operation_id=f"id{number}")
        for fact in (facts.started(about), facts.retrying(about=about), facts.ended(about=about)):
            hook(fact)
        scope = f"https://user:{facts.SECRET}@hub.example/model/{number}"
        hook(BreakerMoved(scope, BreakerState.CLOSED, BreakerState.OPEN, foreign("connection reset")))
    samples = scrape()
    assert samples["recovery_breaker_state", ("hub.example",)] == 2
    labels = {value for _, values in samples for value in values}
    assert not [label for label in labels if label.startswith("id") or "/" in label or "hunter2" in label]


def test_labels_are_bounded(registry: CollectorRegistry, scrape: Scrape) -> None:
    """Functions and scopes beyond the limit count as others, without a gauge."""
    hook = PrometheusHook(registry, most_names=2)
    for number in range(5):
        hook(facts.ended(about=facts.call(function=f"f{number}")))
        hook(BreakerMoved(f"s{number}", BreakerState.CLOSED, BreakerState.OPEN, NOTHING))
    samples = scrape()
    ended = {labels: value for (name, labels), value in samples.items() if name == "recovery_operations_ended_total"}
    assert ended == {("f0", "completed"): 1, ("f1", "completed"): 1, (OTHER, "completed"): 3}
    assert samples["recovery_breaker_moves_total", (OTHER, "open")] == 3
    assert ("recovery_breaker_state", (OTHER,)) not in samples


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        ("shop", "shop"),
        ("hub.example:443", "hub.example:443"),
        ("https://hub.example/a?b", "hub.example"),
        ("file:///home/me", OTHER),
        ("http://[oops", OTHER),
    ],
)
def test_where_a_scope_is(scope: str, place: str) -> None:
    """An address is reduced to its host, if it has one."""
    assert place_of(scope) == place


def test_calls_are_counted_end_to_end(registry: CollectorRegistry, scrape: Scrape) -> None:
    """All calls on threads are counted, with the breaker that they opened."""
    clock = FakeClock()

    @recoverable(
        hooks=(PrometheusHook(registry),),
        max_retries=1,
        circuit_breaker_threshold=40,
        circuit_breaker_scope="shop",
        clock=clock,
        name="shop.buy",
    )
    def buy() -> None:
        raise ConnectionResetError

    def attempt(_: int) -> None:
        with pytest.raises((ConnectionResetError, CircuitBreakerOpenError)):
            buy()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(attempt, range(20)))
    samples = scrape()
    assert samples["recovery_attempts_failed_total", ("network", "shop.buy", "retrying")] == 20
    assert samples["recovery_operations_ended_total", ("shop.buy", "failed")] == 20
    assert samples["recovery_wait_seconds_sum", ("shop.buy",)] == pytest.approx(sum(clock.slept))
    assert samples["recovery_breaker_state", ("shop",)] == 2
