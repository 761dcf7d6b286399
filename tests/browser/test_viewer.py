"""What a person does with the picture: move it, find in it, play a flow, break a part."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, build

pytestmark = pytest.mark.browser


def test_an_address_opens_the_page_as_it_was(open_page: Open) -> None:
    probe = open_page("#view=deployment&flow=watch-video&step=3&down=zone-a")
    probe.shows(".views [aria-pressed=true]", "Where the replicas stand")
    probe.shows(".controls .at", "3 of 10")
    probe.shows(".supposing", "Supposing that Zone A is down.")


def test_the_address_follows_what_is_looked_at(open_page: Open) -> None:
    probe = open_page()
    probe.find(".views button:nth-child(3)").click()
    probe.find(".results button").click()
    probe.find("button[aria-label='Step on']").click()
    probe.has_hash("#view=observability&flow=watch-video&step=1")


def test_an_address_that_names_nothing_is_passed_over(open_page: Open) -> None:
    probe = open_page("#view=nothing&flow=none&step=x&down=nobody")
    probe.shows(".side h3", "Flows")
    assert probe.complaints == []


def test_arrow_keys_step_through_a_flow(open_page: Open) -> None:
    probe = open_page("#flow=watch-video")
    probe.find(".player .play").focus()
    probe.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    probe.shows(".told", "15.1 ms Load balancer asks api-1")
    expect(probe.find(".board g[data-id=api]")).to_have_class("now")


def test_space_plays_the_flow_and_holds_it(open_page: Open) -> None:
    probe = open_page("#flow=watch-video")
    probe.find(".player").click(position={"x": 40, "y": 150})
    probe.press(" ")
    expect(probe.find(".controls .at")).to_have_text(re.compile("^2 of"))
    probe.find(".controls .play").click()
    probe.shows(".controls .play", "Play")


def test_logs_and_metrics_come_in_step(open_page: Open) -> None:
    probe = open_page("#flow=server-timeout&step=4")
    probe.shows(".emitted .count", "1")
    probe.find(".calls li:nth-child(5) button").click()
    probe.shows(".controls .at", "7 of 10")


def test_the_last_step_says_which_alert_would_fire(open_page: Open) -> None:
    probe = open_page("#flow=server-timeout&step=10")
    probe.shows(".alarms li", "success-rate would fire after 5m and notify pagerduty, slack.")


def test_a_click_takes_a_part_down_and_shows_what_each_user_gets(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-id=api]").click()
    probe.find(".danger").click()
    expect(probe.find(".board g[data-id=api]")).to_have_class("selected down")
    probe.shows(
        ".results .pill",
        "✕ 503 Service Unavailable",
        "✓ 200 OK",
        "✕ 503 Service Unavailable",
        "✕ 503 Service Unavailable",
        "✕ 503 Service Unavailable",
    )


def test_a_zone_taken_down_takes_its_replicas(open_page: Open) -> None:
    probe = open_page("#view=deployment&down=zone-a")
    probe.marks(
        ".board g[data-id].down", "api.zone-a", "lb.zone-a", "metadata.zone-a", "sessions.zone-a", "titles.zone-a"
    )


def test_search_finds_a_component_and_shows_it(open_page: Open) -> None:
    probe = open_page()
    probe.search("postgres")
    probe.shows("[role=option]", "Metadata database · postgresql")
    probe.press("Enter")
    probe.shows(".details h3", "Metadata")
    expect(probe.camera()).to_have_attribute("transform", re.compile(r"scale"))


def test_control_and_k_open_the_search_too(open_page: Open) -> None:
    probe = open_page()
    probe.press("Control+k")
    expect(probe.page.locator("input[type=search]")).to_be_focused()


def test_search_goes_to_a_view_that_shows_what_was_found(open_page: Open) -> None:
    probe = open_page()
    probe.search("sentry")
    probe.press("Enter")
    probe.shows(".views [aria-pressed=true]", "Who watches what")


def test_the_wheel_zooms_only_with_control_or_in_the_whole_window(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board").scroll_into_view_if_needed()
    probe.find(".board").hover()
    start = probe.steady_camera()
    probe.page.mouse.wheel(0, 10)
    expect(probe.find(".board-hint")).to_have_class("board-hint shown")
    expect(probe.camera()).to_have_attribute("transform", start)
    probe.page.keyboard.down("Control")
    probe.page.mouse.wheel(0, -200)
    probe.page.keyboard.up("Control")
    expect(probe.camera()).not_to_have_attribute("transform", start)


def test_a_notch_of_the_wheel_zooms_as_far_with_control_as_it_does_in_the_whole_window(open_page: Open) -> None:
    for maximised in (False, True):
        probe = open_page()
        if maximised:
            probe.find("text=Maximise").click()
        else:
            probe.page.keyboard.down("Control")
        probe.find(".board").scroll_into_view_if_needed()
        probe.find(".board").hover()
        probe.page.mouse.wheel(0, -100)
        expect(probe.camera()).to_have_attribute("transform", re.compile(r"scale\(1\.148"))
        probe.page.keyboard.up("Control")


def test_the_whole_picture_comes_back_with_a_key(open_page: Open) -> None:
    probe = open_page()
    start = probe.steady_camera()
    probe.find(".board g[data-id=api] .touch").focus()
    probe.press("+", "+", "ArrowDown")
    expect(probe.camera()).not_to_have_attribute("transform", start)
    probe.press("f")
    expect(probe.camera()).to_have_attribute("transform", start)


def test_cards_are_buttons_for_the_keyboard(open_page: Open) -> None:
    probe = open_page()
    card = probe.find(".board g[data-id=metadata] .touch")
    expect(card).to_have_attribute("aria-label", "Metadata, database, postgresql")
    card.focus()
    probe.press("Enter")
    probe.shows(".details h3", "Metadata")
    probe.press("Escape")
    probe.shows(".side h3", "Flows")


def test_a_click_on_a_card_with_a_link_stays_on_the_page(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-id=api]").click()
    expect(probe.page.locator(".details .links a")).to_have_attribute("href", "https://wiki.example.com/video/api")
    expect(probe.page).to_have_url(re.compile("^file:"))


def test_the_whole_window_is_taken_and_given_back(open_page: Open) -> None:
    probe = open_page()
    probe.find("text=Maximise").click()
    box = (
        "(({x, y, width, height}) => [x, y, width, height])(document.querySelector('.viewer').getBoundingClientRect())"
    )
    probe.gives(box, [0, 0, 1440, 900])
    probe.press("Escape")
    expect(probe.page.locator(".viewer.maximised")).to_have_count(0)


def test_a_flow_leaves_its_own_parts_bright_and_mutes_the_others(open_page: Open) -> None:
    probe = open_page("#flow=fetch-segment")
    probe.marks(".board g[data-id].off", "api", "lb", "metadata", "sessions", "titles", "videos")


def test_a_slow_part_shows_the_time_that_the_user_waits(open_page: Open) -> None:
    probe = open_page("#show=videos")
    probe.find(".down button >> text=10 times slower").click()
    probe.shows_first(".details h4", "Video files is 10 times slower")
    probe.shows_first(".details .results .result", "in 188 ms")


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
    expect(probe.find(".board g[data-id=team]")).to_have_class("now")
    probe.find(".board g[data-id=team]").click()
    probe.shows(".details .chips button", "web", "db")
    probe.find("text=Look inside").click()
    probe.shows(".views button", "all", "Inside The team")
    expect(probe.find(".board g[data-id=db]")).to_be_visible()
    probe.find(".board g[data-group=team]").click()
    probe.shows(".details h3", "The team")
    probe.shows(".details .inside")


def test_a_second_part_can_be_taken_down_with_the_first(open_page: Open) -> None:
    probe = open_page("#down=zone-a&show=sessions")
    probe.shows_first(".details .results .pill", "✓ 200 OK")
    probe.find("text=and Zone A too").click()
    probe.shows_first(".details h4", "Session cache and Zone A are down")
    probe.shows_first(".details .results .pill", "✕ 504 Gateway Timeout")
    probe.find("text=Bring it back").click()
    expect(probe.page).to_have_url(re.compile("down=zone-a&show=sessions$"))
