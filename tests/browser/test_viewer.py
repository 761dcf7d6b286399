"""What a person does with the picture: move it, find in it, play a flow, break a part."""

import re
from pathlib import Path

from playwright.sync_api import expect

from archspec.execution.trace import trace
from archspec.execution.trace_model import TraceOptions
from archspec.language import load
from tests.browser.conftest import SPEC, Open, build


def test_an_address_opens_the_page_as_it_was(open_page: Open) -> None:
    probe = open_page("#view=deployment&flow=watch-video&step=3&down=zone-a")
    assert probe.texts(".views [aria-pressed=true]") == ["Where the replicas stand"]
    assert probe.texts(".controls .at") == ["3 of 10"]
    assert probe.texts(".supposing") == ["Supposing that Zone A is down."]


def test_the_address_follows_what_is_looked_at(open_page: Open) -> None:
    probe = open_page()
    probe.find(".views button:nth-child(3)").click()
    probe.find(".results button").click()
    probe.find("button[aria-label='Step on']").click()
    assert probe.hash() == "#view=observability&flow=watch-video&step=1"


def test_an_address_that_names_nothing_is_passed_over(open_page: Open) -> None:
    probe = open_page("#view=nothing&flow=none&step=x&down=nobody")
    assert probe.texts(".side h3") == ["Flows"]
    assert probe.complaints == []


def test_arrow_keys_step_through_a_flow(open_page: Open) -> None:
    probe = open_page("#flow=watch-video")
    probe.find(".player .play").focus()
    probe.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    assert probe.texts(".told") == ["15.1 ms Load balancer asks api-1"]
    assert probe.find(".board g[data-id=api]").get_attribute("class") == "now"


def test_space_plays_the_flow_and_holds_it(open_page: Open) -> None:
    probe = open_page("#flow=watch-video")
    probe.find(".player").click(position={"x": 40, "y": 150})
    probe.press(" ")
    expect(probe.find(".controls .at")).to_have_text(re.compile("^2 of"))
    probe.find(".controls .play").click()
    assert probe.texts(".controls .play") == ["Play"]


def test_logs_and_metrics_come_in_step(open_page: Open) -> None:
    probe = open_page("#flow=server-timeout&step=4")
    assert probe.texts(".emitted .count") == ["1"]
    probe.find(".calls li:nth-child(5) button").click()
    assert probe.texts(".controls .at") == ["7 of 10"]


def test_the_last_step_says_which_alert_would_fire(open_page: Open) -> None:
    probe = open_page("#flow=server-timeout&step=10")
    assert probe.texts(".alarms li") == ["success-rate would fire after 5m and notify pagerduty, slack."]


def test_a_click_takes_a_part_down_and_shows_what_each_user_gets(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-id=api]").click()
    probe.find(".danger").click()
    expect(probe.find(".board g[data-id=api]")).to_have_class("selected down")
    assert probe.texts(".results .pill") == [
        "✕ 503 Service Unavailable",
        "✓ 200 OK",
        "✕ 503 Service Unavailable",
        "✕ 503 Service Unavailable",
        "✕ 503 Service Unavailable",
    ]


def test_a_zone_taken_down_takes_its_replicas(open_page: Open) -> None:
    probe = open_page("#view=deployment&down=zone-a")
    marked = probe.page.eval_on_selector_all(".board g[data-id].down", "nodes => nodes.map(n => n.dataset.id)")
    assert sorted(marked) == ["api.zone-a", "lb.zone-a", "metadata.zone-a", "sessions.zone-a", "titles.zone-a"]


def test_the_page_says_of_every_failure_what_the_engine_says(open_page: Open) -> None:
    architecture = load(SPEC)
    probe = open_page()
    told = probe.page.evaluate(
        """() => {
          const data = JSON.parse(document.getElementById("archspec-data").textContent);
          return data.flows.flatMap((flow) => Object.entries(flow.breaks).map(
            ([part, each]) => [flow.id, part, data.words[data.runs[each.run][0]]]));
        }"""
    )
    assert len(told) > 60
    for flow, part, answer in told:
        supposed = TraceOptions(slow=(part,)) if part.endswith("=10x") else TraceOptions(fail=tuple(part.split("+")))
        found = trace(architecture, flow, supposed)
        assert answer.startswith(str(found.status) if found.status else "no answer"), (flow, part)


def test_search_finds_a_component_and_shows_it(open_page: Open) -> None:
    probe = open_page()
    probe.press("/")
    probe.page.keyboard.type("postgres")
    assert probe.texts("[role=option]") == ["Metadata database · postgresql"]
    probe.press("Enter")
    assert probe.texts(".details h3") == ["Metadata"]
    assert probe.camera() != ""


def test_search_goes_to_a_view_that_shows_what_was_found(open_page: Open) -> None:
    probe = open_page()
    probe.press("/")
    probe.page.keyboard.type("sentry")
    probe.press("Enter")
    assert probe.texts(".views [aria-pressed=true]") == ["Who watches what"]


def test_the_wheel_zooms_only_with_control_or_in_the_whole_window(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board").scroll_into_view_if_needed()
    probe.find(".board").hover()
    start = probe.camera()
    probe.page.mouse.wheel(0, 10)
    probe.page.wait_for_timeout(60)
    assert probe.camera() == start
    probe.page.keyboard.down("Control")
    probe.page.mouse.wheel(0, -200)
    probe.page.keyboard.up("Control")
    expect(probe.find(".board g.camera")).not_to_have_attribute("transform", start)


def test_a_notch_of_the_wheel_zooms_as_far_with_control_as_it_does_in_the_whole_window(open_page: Open) -> None:
    scales = []
    for maximised in (False, True):
        probe = open_page()
        if maximised:
            probe.find("text=Maximise").click()
        else:
            probe.page.keyboard.down("Control")
        probe.find(".board").scroll_into_view_if_needed()
        probe.find(".board").hover()
        probe.page.mouse.wheel(0, -100)
        expect(probe.find(".board g.camera")).to_have_attribute("transform", re.compile(r"scale\(1\.1"))
        scales.append(re.findall(r"scale\((1\.\d{3})", probe.camera()))
        probe.page.keyboard.up("Control")
    assert scales == [["1.148"], ["1.148"]]


def test_the_whole_picture_comes_back_with_a_key(open_page: Open) -> None:
    probe = open_page()
    start = probe.camera()
    probe.find(".board g[data-id=api]").focus()
    probe.press("+", "+", "ArrowDown")
    assert probe.camera() != start
    probe.press("f")
    assert probe.camera() == start


def test_cards_are_buttons_for_the_keyboard(open_page: Open) -> None:
    probe = open_page()
    card = probe.find(".board g[data-id=metadata]")
    assert card.get_attribute("aria-label") == "Metadata, database, postgresql"
    card.focus()
    probe.press("Enter")
    assert probe.texts(".details h3") == ["Metadata"]
    probe.press("Escape")
    assert probe.texts(".side h3") == ["Flows"]


def test_a_click_on_a_card_with_a_link_stays_on_the_page(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-id=api]").click()
    assert probe.page.url.startswith("file:")
    assert probe.page.locator(".details .links a").get_attribute("href") == "https://wiki.example.com/video/api"


def test_the_whole_window_is_taken_and_given_back(open_page: Open) -> None:
    probe = open_page()
    probe.find("text=Maximise").click()
    assert probe.find(".viewer").bounding_box() == {"x": 0, "y": 0, "width": 1440, "height": 900}
    probe.press("Escape")
    assert probe.page.locator(".viewer.maximised").count() == 0


def test_a_flow_leaves_its_own_parts_bright_and_mutes_the_others(open_page: Open) -> None:
    probe = open_page("#flow=fetch-segment")
    muted = probe.page.eval_on_selector_all(".board g[data-id].off", "nodes => nodes.map(n => n.dataset.id)")
    assert sorted(muted) == ["api", "lb", "metadata", "sessions", "titles", "videos"]


def test_a_slow_part_shows_the_time_that_the_user_waits(open_page: Open) -> None:
    probe = open_page("#show=videos")
    probe.find(".down button >> text=10 times slower").click()
    assert probe.texts(".details h4") == ["Video files is 10 times slower"]
    assert probe.texts(".details .results .result")[0] == "in 188 ms"


def test_a_group_drawn_as_one_box_can_be_looked_into(open_page: Open, tmp_path: Path) -> None:
    spec = tmp_path / "grouped.yaml"
    spec.write_text(
        "archspec: 1\nname: Grouped\ngroups: {team: {kind: team, label: The team}}\n"
        "components: {user: {kind: client}, web: {kind: server, group: team}, db: {kind: database, group: team}}\n"
        "connections: [user -> web, web -> db]\n"
        "flows: {read: {from: user, steps: [{call: web, steps: [{call: db, takes: 3ms}]}]}}\n"
        "views: {all: {collapse: [team]}}\n"
    )
    assert build(spec, tmp_path / "out") == 0
    probe = open_page("#flow=read&step=2", file=tmp_path / "out/index.html")
    assert probe.find(".board g[data-id=team]").get_attribute("class") == "now"
    probe.find(".board g[data-id=team]").click()
    assert probe.texts(".details .chips button") == ["web", "db"]
    probe.find("text=Look inside").click()
    assert probe.texts(".views button") == ["all", "Inside The team"]
    assert probe.find(".board g[data-id=db]").is_visible()
    probe.find(".board g[data-group=team]").click()
    assert probe.texts(".details h3") == ["The team"]
    assert probe.texts(".details .inside") == []


def test_a_second_part_can_be_taken_down_with_the_first(open_page: Open) -> None:
    probe = open_page("#down=zone-a&show=sessions")
    assert probe.texts(".details .results .pill")[0] == "✓ 200 OK"
    probe.find("text=and Zone A too").click()
    assert probe.texts(".details h4") == ["Session cache and Zone A are down"]
    assert probe.texts(".details .results .pill")[0] == "✕ 504 Gateway Timeout"
    probe.find("text=Bring it back").click()
    assert probe.hash().endswith("down=zone-a&show=sessions")
