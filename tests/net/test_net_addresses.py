import importlib.util
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import AddressRefused
from tracker.net import Allowance, check_url
from tracker.net.addresses import refusal

TOOLS = Path(__file__).parents[2].parent / "shared" / "tools"


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
@example(IPv4Address("192.0.0.192"))
@example(IPv4Address("168.63.129.16"))
@example(IPv6Address("2002:7f00:1::"))
def test_what_the_standard_library_calls_private_is_refused(address):
    odd = address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    if not address.is_global or odd:
        assert refusal(address)


@pytest.mark.parametrize(
    "text", ["93.184.215.14", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2003::1"]
)
def test_public_addresses_pass(text):
    assert refusal(ip_address(text)) is None


def test_the_refusal_tells_the_line_that_would_permit_it():
    with pytest.raises(
        AddressRefused, match=r"127\.0\.0\.1 \(trong\.vn\) is a loopback .* 127\.0\.0\.1/32 to network\.allow"
    ):
        Allowance().permitted("trong.vn", ["127.0.0.1"])


def test_one_private_address_among_public_ones_refuses_all():
    with pytest.raises(AddressRefused):
        Allowance().permitted("a.vn", ["93.184.215.14", "10.0.0.1"])


def test_of_a_mixed_name_only_the_listed_addresses_are_used():
    allowance = Allowance.of(["127.0.0.1/32"])
    assert allowance.permitted("localhost", ["::1", "127.0.0.1"]) == ["127.0.0.1"]


def test_every_form_of_the_forgery_list_is_judged_right():
    if not (TOOLS / "ssrf_check.py").exists():
        pytest.skip("the list of forged addresses is not beside this checkout")
    spec = importlib.util.spec_from_file_location("ssrf_check", TOOLS / "ssrf_check.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    def passes(url):
        try:
            host = check_url(url).url.host
            Allowance().permitted(host, tool.resolve(host))
        except AddressRefused:
            return False
        return True

    rows = [row for row in tool.load(TOOLS / "ssrf_urls.txt", 8081) if "127.0.0.2" not in row[1]]
    wrong = [url for expected, url, _ in rows if passes(url) != (expected == "allow")]
    assert len(rows) > 170
    # A name that is public now and private later cannot be told by looking; the connection tells.
    assert wrong == ["http://rebind.test:8081/canary?via=rebind"]
