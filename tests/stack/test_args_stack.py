"""A Python program of the components on the real engine: an output that turns out to be wrong."""

from __future__ import annotations

from stack_fixture import Stack

PROGRAM = """
import pulumi
import pulumi_azuread as azuread

from components import WebApp, WebAppArgs

site = azuread.Application("site", display_name="Site")
uri = pulumi.Output.concat("http://", site.client_id, ".contoso.com/back")
WebApp("shop", WebAppArgs(display_name="Shop", redirect_uris=["https://contoso.com/", uri]))
"""


def test_an_output_that_is_a_bad_redirect_uri_is_one_line(stack: Stack) -> None:
    """The preview does not know it; the up says it once it does, and makes no such application."""
    (stack.folder / "__main__.py").unlink()
    (stack.folder / "__main__.py").write_text(PROGRAM)
    stack.pulumi("preview")
    shown = stack.pulumi("up", "--yes", "--skip-preview", succeeds=False)

    (site,) = stack.tenant.admin.named("Site")
    assert (
        f"error: WebApp 'shop': redirect_uris[1]: given \"http://{site['appId']}.contoso.com/back\""
        "; allowed: https://; http:// is for localhost and 127.0.0.1 only"
    ) in shown
    assert stack.tenant.admin.named("Shop") == []
