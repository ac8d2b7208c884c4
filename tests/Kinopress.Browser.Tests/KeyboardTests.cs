using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class KeyboardTests(Chromium chromium, FilledSite site)
{
    [Fact]
    public async Task A_person_without_a_mouse_signs_in_and_reaches_the_upload_page()
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync("/login");
        await Expect(visit.Page.GetByLabel("Email")).ToBeFocusedAsync();

        await visit.Page.Keyboard.TypeAsync(RunningSite.OwnerEmail);
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync(RunningSite.OwnerPassword);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".studio, .avatar").First).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/studio/videos");
        await TabToAsync(visit.Page, "main a, [href='/studio/upload']");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Upload", Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/studio/videos")]
    public async Task The_first_stop_skips_to_the_content(string page)
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = site.OwnerSession });
        await visit.Page.GotoAsync(page);

        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to" })).ToBeInViewportAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_player_plays_pauses_and_seeks_by_keys()
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync($"/watch/{site.PublicVideo}");
        await Expect(visit.Page.Locator("media-controller")).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("k");
        await Player.WaitForTimeAsync(visit.Page, 0.3);
        await visit.Page.Keyboard.PressAsync("k");
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('video').paused");
        await visit.Page.Keyboard.PressAsync("ArrowRight");

        await Player.WaitForTimeAsync(visit.Page, 4.9);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/studio/videos")]
    [InlineData("/studio/settings")]
    [InlineData("/studio/account")]
    [InlineData("/studio/upload")]
    [InlineData("/studio/channel")]
    [InlineData("/account")]
    public async Task Every_stop_of_the_tab_key_can_be_seen(string page)
    {
        await using var visit = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Session = page == "/login" ? null : site.OwnerSession });
        await visit.Page.GotoAsync(page);

        var unseen = new List<string>();
        for (var stop = 0; stop < 25; stop++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            unseen.AddRange(await visit.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const focused = document.activeElement;
                  if (!focused || focused === document.body) return [];
                  const marks = [focused, focused.parentElement, focused.closest('label, .card, .studio-jump')].filter(Boolean);
                  const isMarked = marks.some((e) => { const s = getComputedStyle(e); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; });
                  return isMarked ? [] : [focused.outerHTML.slice(0, 120)];
                }
                """));
        }

        Findings.AssertNone(unseen);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var stop = 0; stop < 40; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("(selector) => document.activeElement.matches(selector) && document.activeElement.href.endsWith('/studio/upload')", selector))
            {
                return;
            }
        }

        Assert.Fail($"The tab key never reaches {selector}.");
    }
}
